/**
 * Finds a known sound in another: which piece of what was said is where in what arrived. Pure arithmetic; both sounds are
 * mono and of one rate.
 */

/** A piece of `received` beginning at sample `at`, which is `reference` from sample `from` on. */
export interface Piece extends Match {
  at: number;
  length: number;
}

export interface Match {
  from: number;
  /** Normalised cross-correlation, up to 1. */
  score: number;
}

export interface AlignOptions {
  rate: number;
  /** Pieces below this RMS say nothing. */
  quiet?: number;
  /** Pieces that resemble nothing as much as this are left out. */
  leastScore?: number;
}

/** RMS of somebody who speaks. */
export const audible = 0.01;
const pieceMs = 200;
const hopMs = 50;
/** Around the place where a piece is expected, ms. */
const nearMs = 5;
/** Speech is found at this rate first, which costs a hundredth. */
const coarseRate = 4000;
/** Offsets that differ by less are the same: resampling and clocks. */
export const sameMs = 2;
/** So many pieces in a row must say the same. */
const leastRun = 3;

export function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length));
}

/** Normalised cross-correlation of `piece` with `sound` at each position from `first` up to `last`; the best of them. */
export function bestMatch(
  piece: Float32Array,
  sound: Float32Array,
  first = 0,
  last = sound.length - piece.length,
): Match {
  const norm = Math.sqrt(energy(piece, 0, piece.length));
  const begin = Math.max(0, first);
  let best = { from: begin, score: 0 };
  let around = energy(sound, begin, begin + piece.length);
  for (let from = begin; from <= Math.min(last, sound.length - piece.length); from += 1) {
    let product = 0;
    for (let index = 0; index < piece.length; index += 1) product += piece[index]! * sound[from + index]!;
    const score = product / (norm * Math.sqrt(Math.max(around, 1e-12)));
    if (score > best.score) best = { from, score };
    around += (sound[from + piece.length] ?? 0) ** 2 - sound[from]! ** 2;
  }
  return best;
}

/** Pieces of what arrived in order, each where it belongs in what was said. */
export function align(
  received: Float32Array,
  reference: Float32Array,
  { rate, quiet = audible, leastScore = 0.75 }: AlignOptions,
): Piece[] {
  const length = Math.round((rate * pieceMs) / 1000);
  const hop = Math.round((rate * hopMs) / 1000);
  const near = Math.round((rate * nearMs) / 1000);
  const findAnywhere = finder(reference, rate);
  const pieces: Piece[] = [];
  let offset: number | null = null;
  for (let at = 0; at + length <= received.length; at += hop) {
    const sound = received.subarray(at, at + length);
    if (rms(sound) < quiet) continue;
    let match: Match = { from: 0, score: 0 };
    if (offset !== null) match = bestMatch(sound, reference, at + offset - near, at + offset + near);
    if (match.score < leastScore) match = findAnywhere(sound);
    if (match.score < leastScore) continue;
    offset = match.from - at;
    pieces.push({ at, from: match.from, length, score: match.score });
  }
  return confirmed(pieces, Math.round((rate * sameMs) / 1000));
}

/** Without those that none of their neighbours agrees with: speech resembles other speech now and then. */
function confirmed(pieces: readonly Piece[], same: number): Piece[] {
  const runs: Piece[][] = [];
  for (const piece of pieces) {
    const last = runs.at(-1)?.at(-1);
    const agrees = last && Math.abs(piece.from - piece.at - (last.from - last.at)) < same;
    if (agrees) runs.at(-1)?.push(piece);
    else runs.push([piece]);
  }
  return runs.filter(({ length }) => length >= leastRun).flat();
}

/** Looks for pieces in the whole of a sound: at a low rate first, then around what was found there. */
export function finder(sound: Float32Array, rate: number): (piece: Float32Array) => Match {
  const factor = Math.max(1, Math.round(rate / coarseRate));
  const thin = thinned(sound, factor);
  return (piece) => {
    const near = bestMatch(thinned(piece, factor), thin).from * factor;
    return bestMatch(piece, sound, near - 2 * factor, near + 2 * factor);
  };
}

/** Every `factor`th sample of the running mean. */
function thinned(sound: Float32Array, factor: number): Float32Array {
  const thin = new Float32Array(Math.floor(sound.length / factor));
  for (let index = 0; index < thin.length; index += 1) {
    let sum = 0;
    for (let part = 0; part < factor; part += 1) sum += sound[index * factor + part]!;
    thin[index] = sum / factor;
  }
  return thin;
}

function energy(samples: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += (samples[index] ?? 0) ** 2;
  return sum;
}
