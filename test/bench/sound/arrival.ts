/** How long sound takes from the microphone to the engine's input. Pure. */
import { percentile } from '../statistics.ts';
import { align } from './correlate.ts';
import type { HeardPiece } from './engine.ts';
import { joined } from './said.ts';

/** Sound and the Unix milliseconds of its first sample. */
export interface Timed {
  samples: Float32Array;
  at: number;
}

/**
 * The median over all pieces that came, ms: from when the microphone gave a piece's first sample to when the piece came.
 * Null when nothing of what was said came. Both at `rate`.
 */
export function mouthToEarMs(said: Timed, heard: readonly HeardPiece[], rate: number): number | null {
  const pieces = align(joined(heard.map(({ samples }) => samples)), said.samples, { rate });
  const lags: number[] = [];
  let first = 0;
  for (const { at: cameAt, samples } of heard) {
    const piece = pieces.find(({ at, length }) => first >= at && first < at + length);
    if (piece) lags.push(cameAt - (said.at + ((first + piece.from - piece.at) * 1000) / rate));
    first += samples.length;
  }
  return lags.length === 0 ? null : percentile(lags, 0.5);
}
