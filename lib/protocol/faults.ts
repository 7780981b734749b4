/**
 * Everything that can go wrong, as codes. A fault stays a code until the last moment: `lib/ui/words` turns it into a
 * sentence and the next step, in the person's language. Without zod, because every view loads it.
 */
import type { ReachedLimit } from './reached.ts';

export const faultCodes = [
  // The person.
  'consent-needed', // they have not agreed yet to what is recorded, read and sent
  // The microphone.
  'microphone-needed', // the browser has not been asked yet; asking needs a page
  'microphone-denied',
  'microphone-dismissed',
  'microphone-missing',
  'microphone-busy',
  // The relay.
  'relay-unset', // no address or no device token in the settings
  'relay-unreachable',
  'relay-timeout',
  'relay-not-a-relay', // answered, but not as a relay answers
  'relay-refused', // device token wrong or revoked
  'relay-origin', // this extension's id is not on the relay's list
  'relay-limit', // too many requests; `retryAfterS` says when
  'relay-cap', // time or money is used up: for this call, or until `retryAfterS`
  'relay-moderated', // its moderation stopped the call for what was said
  'relay-rejected', // the relay does not allow these wishes (model, voice, size)
  // The provider behind the relay.
  'provider-refused', // key wrong or no access: the relay's owner must act
  'provider-quota',
  'provider-busy',
  'provider-unreachable',
  'provider-error',
  // The line.
  'connection-failed', // never came up
  'connection-lost', // came up, then went
  'session-expired',
  // Parley itself.
  'past-call-unread', // deleted or damaged: it cannot be gone on with
  'host-stopped', // the offscreen document went away
  'internal',
] as const;
export type FaultCode = (typeof faultCodes)[number];

export interface Fault {
  code: FaultCode;
  /** For the details fold and the log, at most 300 characters: never a secret, never page text. */
  detail?: string;
  /** Seconds until it is worth trying again. */
  retryAfterS?: number;
  /** Of `relay-cap` and `relay-limit`, where the relay says which limit it is. */
  limit?: ReachedLimit;
}

/** Is this a fault as the other half of this extension writes it? */
export function isFault(value: unknown): value is Fault {
  const { code, detail, retryAfterS, limit } = { ...(value as Partial<Fault> | null) };
  return (
    faultCodes.includes(code as FaultCode) &&
    (detail === undefined || typeof detail === 'string') &&
    (retryAfterS === undefined || typeof retryAfterS === 'number') &&
    (limit === undefined || typeof limit === 'object')
  );
}

/** An error that carries a fault through code that throws. */
export class FaultError extends Error {
  readonly fault: Fault;
  constructor(code: FaultCode, detail?: string, retryAfterS?: number, limit?: ReachedLimit) {
    super(detail ? `${code}: ${detail}` : code);
    this.name = 'FaultError';
    this.fault = { code };
    if (detail !== undefined) this.fault.detail = detail.slice(0, 300);
    if (retryAfterS !== undefined) this.fault.retryAfterS = retryAfterS;
    if (limit !== undefined) this.fault.limit = limit;
  }
}

/** What a caught value means; anything that is not ours is `internal` with its message as detail. */
export function faultOf(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: 'internal', detail: detail.slice(0, 300) };
}
