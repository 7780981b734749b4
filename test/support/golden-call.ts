/**
 * Every event of one call with the local engine, which a judge of another's making found well-formed: a spoken question
 * that needs a tool, a typed one whose answer is talked over, noise, a refusal of each kind, an answer in text.
 */
import { readFileSync } from 'node:fs';

export interface GoldenEvent {
  type: string;
  [field: string]: unknown;
}

export const goldenCall: GoldenEvent[] = readFileSync(new URL('golden-call.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/** A few of each type. */
export const goldenEvents: GoldenEvent[] = goldenCall.filter(
  ({ type }, index) => goldenCall.slice(0, index).filter((before) => before.type === type).length < 4,
);
