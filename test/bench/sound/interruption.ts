/** What happened on both sides when somebody talked over the answer, read off a recording of both on one clock. Pure. */
import { finder, rms } from './correlate.ts';

export interface BothSides {
  rate: number;
  microphone: Float32Array;
  /** As loud as it was played. */
  voice: Float32Array;
  gains: readonly { sample: number; gain: number }[];
}

export interface Interruption {
  /** From the person's first audible sample, ms; null: it did not happen. */
  toDuck: number | null;
  toSilence: number | null;
  /** The last sample that was heard, in the recording. */
  lastSample: number;
}

/** RMS of 5 ms: a voice that is heard. */
const audible = 0.005;
const stepMs = 5;
/** Enough of a voice to be found in the whole of it. */
const pieceS = 0.3;
/** The voice must have been heard within this time before. */
const beforeMs = 100;

/** Where in the recording of the microphone a sentence of the file begins; null when it is not in there. */
export function placeOf(sentence: Float32Array, microphone: Float32Array, rate: number): number | null {
  // The browser's noise suppression changes the sound; its place stays the same.
  const { from, score } = finder(microphone, rate)(sentence);
  return score < 0.25 ? null : from;
}

/**
 * Null when the assistant was not speaking at the onset, so that nothing could be interrupted. `withinMs`: what sounds
 * later than this is no longer the answer that was interrupted.
 */
export function interruption(sides: BothSides, onset: number, withinMs: number): Interruption | null {
  const { rate, voice, gains } = sides;
  const step = Math.round((rate * stepMs) / 1000);
  const toMs = (sample: number): number => ((sample - onset) * 1000) / rate;
  const loud = (from: number): boolean => rms(voice.subarray(from, from + step)) > audible;
  let wasLoud = false;
  for (let at = onset - (rate * beforeMs) / 1000; at < onset; at += step) wasLoud ||= loud(at);
  if (!wasLoud) return null;
  const end = Math.min(voice.length, onset + (rate * withinMs) / 1000);
  let last = onset;
  for (let at = onset; at + step <= end; at += step) if (loud(at)) last = at + step;
  const stopped = last + 2 * step < end;
  const ducked = gains.find(({ sample, gain }) => sample >= onset && sample < end && gain < 1);
  let lastSample = Math.min(end, last + 2 * step) - 1;
  while (lastSample > 0 && voice[lastSample] === 0) lastSample -= 1;
  return {
    toDuck: ducked ? toMs(ducked.sample) : null,
    toSilence: stopped ? toMs(last) : null,
    lastSample,
  };
}

/** How much of an answer had been played when `lastSample` was, ms; null when it cannot be found in it. */
export function playedMs({ voice, gains, rate }: BothSides, lastSample: number, answer: Float32Array): number | null {
  const length = Math.round(rate * pieceS);
  const heard = voice.slice(Math.max(0, lastSample + 1 - length), lastSample + 1);
  // What was ducked is as it was before, so that it can be recognised.
  for (let index = 0; index < heard.length; index += 1) {
    const { gain } = gains.findLast(({ sample }) => sample <= lastSample + 1 - heard.length + index) ?? { gain: 1 };
    if (gain > 0) heard[index]! /= gain;
  }
  const { from, score } = finder(answer, rate)(heard);
  return score < 0.8 ? null : ((from + heard.length) * 1000) / rate;
}
