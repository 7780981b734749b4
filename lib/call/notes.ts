/** What the model is told beside the talk, for it to say: it knows the language that is being spoken. */
import type { Caps } from './spend.ts';

type Cap = keyof Caps;

const spans: Record<Cap, string> = { call: 'this call', day: 'today' };
const inOneSentence = 'in one short sentence, in the language of the conversation';

/** Said with the next answer: an answer of its own would cost as much as any other. */
export function nearLimit(cap: Cap): string {
  return (
    `The person's own spending limit for ${spans[cap]} is nearly used up. Begin your next answer by saying so ` +
    `${inOneSentence}, then answer as always. Say it only once.`
  );
}

export function limitReached(cap: Cap): string {
  return (
    `The person's own spending limit for ${spans[cap]} is used up, and the call ends now. Tell them so ${inOneSentence}. ` +
    `Call no function and ask nothing.`
  );
}

export function nobodyThere(seconds: number): string {
  return (
    `Nobody has said anything for a while, and the call ends by itself in ${seconds} seconds. Ask ${inOneSentence} ` +
    `whether the person is still there, and say that it will end. Call no function.`
  );
}
