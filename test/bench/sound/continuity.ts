/** Compares what arrived with what was said: what is missing, what came twice, what was put in between. Pure. */
import { audible, rms, sameMs, type Piece } from './correlate.ts';

/** How much of what was said is missing in what arrived, or is there twice; ms. Pauses may grow and shrink. */
export interface Continuity {
  /** Between the reference's first sound and the first sound that arrived. */
  lostAtStart: number;
  lostLater: number;
  doubled: number;
  /** Silence where nobody was silent. */
  inserted: number;
  /** How often that was. */
  gaps: number;
  /** One buffer of a device dropped or repeated, as browsers do on a busy machine; not counted above. */
  hiccups: number;
  /** Where the pieces found come from, ms of the reference. */
  reach: { from: number; to: number };
}

interface Seam {
  lost: number;
  doubled: number;
  inserted: number;
}

const seamAt = (lost: number, doubled = 0, inserted = 0): Seam => ({ lost, doubled, inserted });
const stepMs = 5;
/** Steps without a voice that make a pause. */
const leastPause = 20;
/** Steps without what was said that are no hiccup. */
const leastHole = 6;
/** A device's 10 ms and a quantum: less than this is the browser's doing. */
export const bufferMs = 16;

/** Null when nothing of the reference arrived. `start`: where the reference's sound begins, in samples. */
export function continuity(
  pieces: readonly Piece[],
  received: Float32Array,
  reference: Float32Array,
  { rate, start = 0 }: { rate: number; start?: number },
): Continuity | null {
  const [first] = pieces;
  const last = pieces.at(-1);
  if (!first || !last) return null;
  const ms = (samples: number): number => (samples * 1000) / rate;
  const step = Math.round((rate * stepMs) / 1000);
  const seams = pieces.slice(1).map((after, index): Seam => {
    const before = pieces[index]!;
    const jump = after.from - after.at - (before.from - before.at);
    const heard = received.subarray(before.at + before.length, after.at);
    const meant = reference.subarray(before.from + before.length, after.from);
    if (Math.abs(ms(jump)) < sameMs) return seamAt(missing(meant, step, heard));
    const paused = silentFor(meant, step) >= leastPause * step;
    return paused ? seamInPause(jump, meant, heard, step) : seamInSpeech(before, after, received, rate);
  });
  const begins = firstSound(first, received, reference, step);
  const isHiccup = ({ lost, doubled }: Seam): boolean => lost + doubled > 0 && ms(lost + doubled) <= bufferMs;
  const [hiccups, losses] = [seams.filter(isHiccup), seams.filter((seam) => !isHiccup(seam))];
  const sum = (field: keyof Seam, of: Seam[] = losses): number =>
    ms(of.reduce((total, seam) => total + seam[field], 0));
  return {
    lostAtStart: Math.max(0, ms(begins - start)),
    lostLater: sum('lost'),
    doubled: sum('doubled'),
    inserted: sum('inserted', seams),
    gaps: seams.filter(({ inserted }) => inserted > 0).length,
    hiccups: hiccups.length,
    reach: { from: ms(begins), to: ms(last.from + last.length) },
  };
}

/** The seam is somewhere in these pieces or between them, and what it changes is to be heard. */
function seamInSpeech(before: Piece, after: Piece, received: Float32Array, rate: number): Seam {
  const run = silentRun(received.subarray(before.at, after.at + after.length));
  const inserted = (run * 1000) / rate < sameMs ? 0 : run;
  const gone = after.from - after.at - (before.from - before.at) + inserted;
  return seamAt(Math.max(0, gone), Math.max(0, -gone), inserted);
}

/**
 * A pause may become longer or shorter; what is said around it, and how much of that is heard, may not. What is faint on
 * one side and a little louder on the other is the same.
 */
function seamInPause(jump: number, meant: Float32Array, heard: Float32Array, step: number): Seam {
  const more = (one: Float32Array, other: Float32Array): number =>
    Math.max(0, Math.min(Math.abs(jump), loud(one, step, audible) - loud(other, step, audible / 3)));
  if (jump > 0) return seamAt(more(meant, heard));
  const doubled = more(heard, meant);
  return seamAt(0, doubled, -jump - doubled);
}

function loud(sound: Float32Array, step: number, threshold: number): number {
  let samples = 0;
  for (let at = 0; at + step <= sound.length; at += step) {
    if (rms(sound.subarray(at, at + step)) > threshold) samples += step;
  }
  return samples;
}

/** The longest stretch in which nobody speaks, samples. */
function silentFor(sound: Float32Array, step: number): number {
  let [longest, run] = [0, 0];
  for (let at = 0; at + step <= sound.length; at += step) {
    run = rms(sound.subarray(at, at + step)) > audible ? 0 : run + step;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** In how much of a sound somebody speaks who is not to be heard in `heard` at the same place; samples. */
function missing(sound: Float32Array, step: number, heard: Float32Array): number {
  let samples = 0;
  for (let at = 0; at + step <= sound.length; at += step) {
    const loudness = rms(sound.subarray(at, at + step));
    if (loudness > audible && rms(heard.subarray(at, at + step)) < loudness / 10) samples += step;
  }
  return samples;
}

/** Walks back from the end of the first piece for as long as what is heard is nearly as loud as what was said. */
function firstSound(first: Piece, received: Float32Array, reference: Float32Array, step: number): number {
  const [at, from] = [first.at + first.length, first.from + first.length];
  let [back, hole] = [0, 0];
  while (back + step <= at && back + step <= from) {
    const said = rms(reference.subarray(from - back - step, from - back));
    const heard = rms(received.subarray(at - back - step, at - back));
    hole = said > audible / 2 && heard < said / 10 ? hole + 1 : 0;
    if (hole === leastHole) return from - back + (leastHole - 1) * step;
    back += step;
  }
  return Math.max(0, from - at) + hole * step;
}

/** The longest run of exact zeros. */
function silentRun(samples: Float32Array): number {
  let [longest, run] = [0, 0];
  for (const sample of samples) {
    run = sample === 0 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
