/** What a line takes, whatever it is made of, so that what fits one fits the other. */
import { FaultError } from '../protocol/faults.ts';

/** UTF-8 bytes. Larger messages close OpenAI's data channel without a word (realtime-protocol 4.5). */
const largestMessage = 60 * 1024;
/** A minute of sound waits in here: nothing arrives any more, and waiting longer would only fill the memory. */
const largestBacklog = 4 * 1024 * 1024;

/** Throws a FaultError: `internal` for a message that is too large, `connection-lost` when the line takes no more. */
export function requireSendable(text: string, backlog: number): void {
  if (bytesOf(text) > largestMessage) throw new FaultError('internal', 'message too large');
  if (backlog > largestBacklog) throw new FaultError('connection-lost', 'the line does not take any more');
}

/** A character is at most three bytes, so that most texts need not be encoded to be measured. */
function bytesOf(text: string): number {
  return text.length * 3 <= largestMessage ? text.length : new TextEncoder().encode(text).length;
}
