import { resample } from '../audio/resample.ts';
import type { SpokenWord, Speech } from './messages.ts';

/** Hz, of everything the engine sends. */
const SPEECH_RATE = 24_000;
/** Synthesisers begin with up to a quarter of a second of nothing, which a person would wait through. */
const LEAD_MS = 30;
const CLAUSE_PAUSE_MS = 120;
const SENTENCE_PAUSE_MS = 260;
/** Of the loudest sample: softer ends are silence. */
const AUDIBLE = 0.01;

/** Cuts the silence around a clause, leaves the pause its punctuation asks for, and brings it to the engine's rate. */
export function finishSpeech(samples: Float32Array, rate: number, words: SpokenWord[]): Speech {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const audible = (sample: number) => Math.abs(sample) > Math.max(peak * AUDIBLE, 0.002);
  const first = samples.findIndex(audible);
  const written = words.at(-1)?.text ?? '';
  if (first < 0)
    return { samples: new Int16Array(0), words: words.map(({ text }) => ({ text, startMs: 0, endMs: 0 })) };

  const from = Math.max(0, first - Math.round((rate * LEAD_MS) / 1000));
  const pause = /[.!?…]["'”’)]*$/u.test(written) ? SENTENCE_PAUSE_MS : CLAUSE_PAUSE_MS;
  const clip = new Float32Array(samples.findLastIndex(audible) + 1 - from + Math.round((rate * pause) / 1000));
  clip.set(samples.subarray(from, from + clip.length));

  const spoken = resample(clip, rate, SPEECH_RATE);
  const lastMs = (spoken.length * 1000) / SPEECH_RATE;
  const cutMs = (from * 1000) / rate;
  const moved = (ms: number) => Math.round(Math.max(0, Math.min(lastMs, ms - cutMs)));
  return {
    samples: Int16Array.from(spoken, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 0x7fff)),
    words: words.map(({ text, startMs, endMs }) => ({ text, startMs: moved(startMs), endMs: moved(endMs) })),
  };
}
