/** How lines end: the code and reason of a CLOSE frame, and what one side's end is to the other. */
import type { Refusal } from '../refusal.ts';

export interface Ending {
  code: number;
  /** At most 123 bytes. */
  reason: string;
}

/** The provider, or the line to it, died without a word. */
export const providerLost: Ending = { code: 1011, reason: 'server_error.upstream_error' };
/** Either side sent bytes that are no text. */
export const notText: Ending = { code: 1003, reason: 'invalid_request_error.invalid_event' };
export const relayStops: Ending = { code: 1001, reason: 'The relay stops.' };

const noCode = 1005;
const noGoodbye = 1006;

/** What the client did or wants wrong is 4000, what the relay or the provider could not do is 1011. */
export function endingOf({ status, type, code }: Refusal): Ending {
  return { code: status < 500 ? 4000 : 1011, reason: `${type}.${code}` };
}

/** What a client hears when its provider has closed: the provider's own words, or that it is lost. */
export function afterProvider(code: number, reason: string): Ending {
  if (code === noCode) return { code: 1000, reason: '' };
  return mayBeSent(code) ? { code, reason } : providerLost;
}

/** What a provider hears when its client has closed or has gone. */
export function afterClient(code: number, reason: string): Ending {
  return code === noGoodbye || !mayBeSent(code) ? { code: 1000, reason: '' } : { code, reason };
}

/** RFC 6455, 7.4: not those that only stand for something that happened. */
function mayBeSent(code: number): boolean {
  return (code >= 1000 && code <= 1014 && ![1004, noCode, noGoodbye].includes(code)) || (code >= 3000 && code <= 4999);
}
