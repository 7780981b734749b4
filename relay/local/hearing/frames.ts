import { HEARING_RATE } from './messages.ts';

/** Encoder frames of a recording: `count` vectors of `size` numbers of unit length, one after the other. */
export interface Frames {
  count: number;
  size: number;
  values: Float32Array;
}

const WINDOW = HEARING_RATE / 100;
/** Kept around the voice, so that soft first and last sounds stay. */
const MARGIN = HEARING_RATE / 50;
/** The encoder looks around: recordings are alike only with the same silence around them. */
const PADDING = HEARING_RATE / 10;
const PEAK = 0.5;

/**
 * Only the voice of a recording, at one loudness, between two tenths of a second of nothing. What counts as voice is
 * louder than the room: 4 % of the loudest, or 2.5 times the quietest, but never above 30 %.
 */
export function onlyVoice(samples: Float32Array): Float32Array {
  const levels: number[] = [];
  for (let at = 0; at + WINDOW <= samples.length; at += WINDOW) {
    let energy = 0;
    for (let index = at; index < at + WINDOW; index++) energy += samples[index]! ** 2;
    levels.push(Math.sqrt(energy / WINDOW));
  }
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0);
  const quietest = levels.toSorted((one, other) => one - other)[Math.floor(levels.length / 20)] ?? 0;
  const threshold = Math.max(loudest * 0.04, Math.min(quietest * 2.5, loudest * 0.3));
  const first = levels.findIndex((level) => level > threshold);
  if (first < 0) return new Float32Array(0);
  const last = levels.findLastIndex((level) => level > threshold);
  const voice = samples.subarray(Math.max(0, first * WINDOW - MARGIN), (last + 1) * WINDOW + MARGIN);
  const peak = voice.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const placed = new Float32Array(voice.length + 2 * PADDING);
  placed.set(
    voice.map((sample) => (sample * PEAK) / peak),
    PADDING,
  );
  return placed;
}

/** Brings every vector to length 1, so that their products are cosines. */
export function unitFrames(values: Float32Array, size: number): Frames {
  const unit = Float32Array.from(values);
  for (let at = 0; at + size <= unit.length; at += size) {
    let sum = 0;
    for (let index = at; index < at + size; index++) sum += unit[index]! ** 2;
    const length = Math.sqrt(sum) || 1;
    for (let index = at; index < at + size; index++) unit[index]! /= length;
  }
  return { count: Math.floor(unit.length / size), size, values: unit };
}

/**
 * How unlike two recordings are, 0 (the same) to 2, whatever their pace: dynamic time warping over the cosine distance of
 * their frames, a diagonal step counted twice, divided by the length of both.
 */
export function warpedDistance(one: Frames, other: Frames): number {
  const cosine = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0, a = i * one.size, b = j * other.size; k < one.size; k++)
      sum += one.values[a + k]! * other.values[b + k]!;
    return 1 - sum;
  };
  let row = new Float64Array(other.count);
  for (let i = 0; i < one.count; i++) {
    const next = new Float64Array(other.count);
    for (let j = 0; j < other.count; j++) {
      const step = cosine(i, j);
      const diagonal = i > 0 && j > 0 ? row[j - 1]! + 2 * step : Infinity;
      const down = i > 0 ? row[j]! + step : Infinity;
      const right = j > 0 ? next[j - 1]! + step : Infinity;
      next[j] = i === 0 && j === 0 ? step : Math.min(diagonal, down, right);
    }
    row = next;
  }
  return row[other.count - 1]! / (one.count + other.count);
}
