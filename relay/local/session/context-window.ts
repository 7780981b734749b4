import type { SessionConfig } from './config.ts';
import type { Entry } from './items.ts';
import { count, pieceOf } from './usage.ts';

/** The gpt-realtime-2 family has a larger one (realtime-protocol 2.1). Tokens that can be read: all minus the answer's. */
const LARGE = 128_000 - 32_000;
const SMALL = 32_000 - 4000;
const LARGE_MODEL = /^gpt-realtime-2(?!0\d\d-)/;

/** How many tokens a response of this model can read. */
export function readableTokens(model: string): number {
  return LARGE_MODEL.test(model) ? LARGE : SMALL;
}

/**
 * The entries that a response reads, given what is left for them beside instructions and tools. Too many: the oldest are
 * marked as forgotten, for good, until the rest fits (or until a share of the limit is left, so that the next turns find
 * their prefix in the cache again). Null when the session forbids that.
 */
export function inWindow(
  entries: readonly Entry[],
  { truncation }: Pick<SessionConfig, 'truncation'>,
  room: number,
): readonly Entry[] | null {
  const rule = typeof truncation === 'object' ? truncation : null;
  const limit = Math.min(room, rule?.token_limits?.post_instructions ?? room);
  let left = entries.filter(({ forgotten }) => !forgotten);
  let tokens = left.reduce((all, entry) => all + count(pieceOf(entry).tokens), 0);
  if (tokens <= limit) return left;
  if (truncation === 'disabled') return null;
  const goal = limit * (rule?.retention_ratio ?? 1);
  // An output without its call says nothing; the last item is what is to be answered.
  for (let [oldest, ...rest] = left; oldest && rest.length > 0; [oldest, ...rest] = left) {
    if (tokens <= goal && oldest.item.type !== 'function_call_output') break;
    oldest.forgotten = true;
    tokens -= count(pieceOf(oldest).tokens);
    left = rest;
  }
  return left;
}
