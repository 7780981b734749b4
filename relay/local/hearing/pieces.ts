import { HEARING_RATE } from './messages.ts';

/** Moonshine was measured on clips up to 18 s; its encoder's cost grows with the square of the length. */
const LONGEST = 18 * HEARING_RATE;
/** How far back from there to look for a place to cut. */
const SEARCH = 6 * HEARING_RATE;
const WINDOW = HEARING_RATE / 10;

function quietest(samples: Float32Array, from: number, to: number): number {
  let best = from;
  let least = Infinity;
  for (let start = from; start + WINDOW <= to; start += WINDOW / 2) {
    let energy = 0;
    for (let index = start; index < start + WINDOW; index++) energy += samples[index]! ** 2;
    if (energy < least) {
      least = energy;
      best = start + WINDOW / 2;
    }
  }
  return best;
}

/** Cuts speech without pauses into pieces the recogniser can take, each cut at the quietest tenth of a second. */
export function cutIntoPieces(samples: Float32Array): Float32Array[] {
  const pieces: Float32Array[] = [];
  let rest = samples;
  while (rest.length > LONGEST) {
    const cut = quietest(rest, LONGEST - SEARCH, LONGEST);
    pieces.push(rest.subarray(0, cut));
    rest = rest.subarray(cut);
  }
  return [...pieces, rest];
}
