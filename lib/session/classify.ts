/**
 * What an `error` event or a failed response means. Most errors leave the session alive, so only named codes end it
 * (realtime-protocol: error events). Pure.
 */
import { FaultError, type Fault, type FaultCode } from '../protocol/faults.ts';
import type { ReachedLimit } from '../protocol/reached.ts';

const fatal: Record<string, FaultCode> = {
  session_expired: 'session-expired',
  invalid_api_key: 'provider-refused',
  invalid_model: 'provider-refused',
  missing_model: 'provider-refused',
  insufficient_quota: 'provider-quota',
  // The relay's own, before it closes its socket: the end itself has no room for which limit it is.
  limit_reached: 'relay-cap',
  rate_limited: 'relay-limit',
};

/** They happen in races that hurt nobody, e.g. a cancel that crosses the end of the response. */
const benign = new Set([
  'response_cancel_not_active',
  'input_audio_buffer_commit_empty',
  'item_truncate_invalid_item_id',
  'conversation_already_has_active_response',
]);

export type ErrorMeaning = { kind: 'benign' } | { kind: 'warning' | 'fatal'; fault: Fault };

export interface ServerError {
  code?: string | null | undefined;
  message: string;
  limit?: ReachedLimit | undefined;
}

export function meaningOfError(error: ServerError): ErrorMeaning {
  const code = error.code ?? '';
  if (benign.has(code)) return { kind: 'benign' };
  const detail = `${code} ${error.message}`.trim().slice(0, 300);
  const fatalCode = Object.hasOwn(fatal, code) ? fatal[code] : undefined;
  if (fatalCode) return { kind: 'fatal', fault: new FaultError(fatalCode, detail, undefined, error.limit).fault };
  return { kind: 'warning', fault: { code: code.includes('rate_limit') ? 'provider-busy' : 'provider-error', detail } };
}

/** The fault of a response whose status is `failed`, or null. */
export function faultOfResponse(response: {
  status?: string | undefined;
  status_details?: { error?: { code?: string | null | undefined } | null | undefined } | null | undefined;
}): Fault | null {
  if (response.status !== 'failed') return null;
  const code = response.status_details?.error?.code ?? '';
  if (code === 'insufficient_quota') return { code: 'provider-quota', detail: code };
  if (code.includes('rate_limit')) return { code: 'provider-busy', detail: code };
  return { code: 'provider-error', detail: code || 'the response failed' };
}
