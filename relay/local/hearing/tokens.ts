export const START = 1;
export const END = 2;

/** People do not speak faster; a decoder that writes more has begun to loop. */
const TOKENS_A_SECOND = 6.5;
/** A short "Yes, please." cut tightly still needs its tokens. */
const FEWEST = 6;
const LONGEST_LOOP = 8;
const LOOP_TURNS = 4;

export function mostTokens(seconds: number): number {
  return Math.max(FEWEST, Math.ceil(seconds * TOKENS_A_SECOND));
}

/**
 * Greedy choice. At the first step the end is forbidden: the VAD has already found speech, and Moonshine otherwise
 * answers some clips with nothing.
 */
export function chooseToken(logits: ArrayLike<number>, first: boolean): number {
  let best = -1;
  for (let token = 0; token < logits.length; token++) {
    if (first && token === END) continue;
    if (best < 0 || logits[token]! > logits[best]!) best = token;
  }
  return best;
}

/** How many tokens at the end merely repeat what stands before them; 0 unless something was said four times over. */
export function loopedTokens(tokens: readonly number[]): number {
  for (let period = 1; period <= LONGEST_LOOP; period++) {
    const from = tokens.length - period * LOOP_TURNS;
    if (from < 0) return 0;
    const tail = tokens.slice(from);
    if (tail.every((token, index) => token === tail[index % period])) return period * (LOOP_TURNS - 1);
  }
  return 0;
}
