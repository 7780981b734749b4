/** What the end of a WebSocket means. */
import type { Fault, FaultCode } from '../protocol/faults.ts';

/** The relay's own refusals of a socket, by the code at the end of the reason; others mean what their number means. */
const faultByReason: Record<string, FaultCode> = {
  rate_limited: 'relay-limit',
  limit_reached: 'relay-cap',
  moderated: 'relay-moderated',
  upstream_refused: 'provider-refused',
  upstream_busy: 'provider-busy',
  upstream_quota: 'provider-quota',
  upstream_unreachable: 'provider-unreachable',
  upstream_timeout: 'provider-unreachable',
};

/**
 * The provider closes with 3000 and 4000 and the error's type and code as reason (realtime-protocol: 1.5, 3.15), and the
 * relay does it the same way.
 */
export function faultOfClose(code: number, reason: string): Fault {
  const detail = `socket closed: ${code} ${reason}`.trim().slice(0, 300);
  const named = /\.(\w+)$/.exec(reason)?.[1] ?? '';
  if (Object.hasOwn(faultByReason, named)) return { code: faultByReason[named]!, detail };
  // Against its policy, or unauthorised: asking again is refused again.
  if (code === 3000 || code === 1008 || code === 4001) return { code: 'provider-refused', detail };
  if (code === 4000) return { code: 'provider-error', detail };
  if (code === 1001 && /60 minutes/.test(reason)) return { code: 'session-expired', detail };
  return { code: 'connection-lost', detail };
}
