import { beforeAll, describe, expect, it } from 'vitest';
import type { Onset } from '../../../lib/audio/ear.ts';
import { frameSamples } from '../../../lib/audio/ear-rate.ts';
import { OnsetDetector } from '../../../lib/audio/onset-detector.ts';
import { resample } from '../../../relay/local/audio/resample.ts';
import { readClip } from '../../support/microphone.ts';
import { noiseScene, type NoiseKind } from '../../support/noises.ts';

const rate = 24_000;
const names = [
  'leisure',
  'ill-disposed',
  'cold-hearted',
  'respectable',
  'amiable',
  'go-forward',
  'go-somewhere',
  'cards',
];
/** What eight people's sentences are, at a desk microphone's level. */
let people: Float32Array[] = [];

beforeAll(async () => {
  people = await Promise.all(
    names.map(async (name) => {
      const clip = await readClip(new URL(`../../assets/speech/${name}.wav`, import.meta.url).pathname);
      return atLevel(resample(clip.samples, clip.rate, rate), -22);
    }),
  );
});

const power = (samples: Float32Array) => samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
const decibels = (samples: Float32Array) => 10 * Math.log10(power(samples) + 1e-12);

function atLevel(samples: Float32Array, level: number): Float32Array {
  const factor = 10 ** ((level - decibels(samples)) / 20);
  return samples.map((sample) => sample * factor);
}

/** Where 50 ms begin that are loud throughout: within 25 dB of the loudest 10 ms. */
function beginning(samples: Float32Array): number {
  const levels = Array.from({ length: Math.floor(samples.length / frameSamples) }, (_none, frame) =>
    decibels(samples.subarray(frame * frameSamples, (frame + 1) * frameSamples)),
  );
  const loud = Math.max(...levels) - 25;
  return (
    levels.findIndex((_level, frame) => levels.slice(frame, frame + 5).every((level) => level > loud)) * frameSamples
  );
}

/** `sound` at `at`, over as much of `background` as is needed for a second of it at the end. */
function over(background: Float32Array, sound: Float32Array, at: number): Float32Array {
  const mixed = background.slice(0, at + sound.length + rate);
  for (const [index, sample] of sound.entries()) mixed[at + index] = (mixed[at + index] ?? 0) + sample;
  return mixed;
}

interface Noticed extends Onset {
  /** When it was told. */
  at: number;
}

function listen(microphone: Float32Array, voice = new Float32Array(microphone.length)): Noticed[] {
  const detector = new OnsetDetector();
  const noticed: Noticed[] = [];
  for (let end = frameSamples; end <= microphone.length; end += frameSamples) {
    const frame = (sound: Float32Array) => sound.subarray(end - frameSamples, end);
    const told = detector.push(frame(microphone), frame(voice), end);
    noticed.push(...told.map(({ kind, from }) => ({ kind, from, at: end })));
  }
  return noticed;
}

const kinds = (noticed: Noticed[], kind: Onset['kind']) => noticed.filter((each) => each.kind === kind);
const scene = (kind: NoiseKind, seconds: number, seed = 7) => noiseScene(kind, seconds, seed).samples;
const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

describe('somebody begins to speak', () => {
  const at = 2 * rate;

  /** Milliseconds from where the sound begins to `maybe` and `sure`, one pair a person. */
  function delays(background: Float32Array): { maybe: number[]; sure: number[] } {
    const told = people.map((sentence) => {
      const noticed = listen(over(background, sentence, at));
      const from = at + beginning(sentence);
      const first = (kind: Onset['kind']) =>
        (kinds(noticed, kind).find((each) => each.at >= from)?.at ?? Number.POSITIVE_INFINITY) - from;
      // A breath before the word may have been heard already: then there is only the rest to wait for.
      return { maybe: Math.min(first('maybe'), first('sure')) / 24, sure: first('sure') / 24 };
    });
    return { maybe: told.map(({ maybe }) => maybe), sure: told.map(({ sure }) => sure) };
  }

  it('may be so within a blink, and is sure within a tenth of a second', () => {
    const { maybe, sure } = delays(scene('quiet-room', 12));
    expect(median(maybe)).toBeLessThanOrEqual(50);
    expect(median(sure)).toBeLessThanOrEqual(100);
    expect(Math.max(...sure)).toBeLessThan(400);
  });

  it('is heard just as well where there is no other sound at all', () => {
    expect(median(delays(new Float32Array(12 * rate)).sure)).toBeLessThanOrEqual(100);
  });

  it.each(['pink', 'street'] as const)('is heard by the end of a second over %s 15 dB softer', (kind) => {
    const { sure } = delays(atLevel(scene(kind, 15).slice(3 * rate), -37));
    expect(median(sure)).toBeLessThanOrEqual(150);
    expect(Math.max(...sure)).toBeLessThan(1000);
  });

  it('is known from the first sound on, and over a third of a second after the last', () => {
    for (const sentence of people) {
      const noticed = listen(over(scene('quiet-room', 12), sentence, at));
      const from = at + beginning(sentence);
      expect(kinds(noticed, 'sure').find((each) => each.at >= from)!.from).toBeLessThan(from + 0.1 * rate);
      expect(noticed.at(-1)!.kind).toBe('over');
      expect(noticed.at(-1)!.at).toBeLessThan(at + sentence.length + 0.35 * rate);
    }
  });
});

describe('what nobody said', () => {
  it.each(['quiet-room', 'white', 'pink', 'brown', 'fan', 'hum', 'street', 'mouse'] as const)(
    'hardly stirs it: %s',
    (kind) => {
      const noticed = listen(scene(kind, 15));
      expect(kinds(noticed, 'sure')).toEqual([]);
      expect(kinds(noticed, 'maybe').length).toBeLessThanOrEqual(3);
    },
  );

  it.each(['keyboard', 'knocks', 'coughs', 'dishes', 'music'] as const)(
    'is never taken for speech, and told to be none within 200 ms: %s',
    (kind) => {
      const noticed = listen(scene(kind, 20));
      expect(noticed.map(({ kind: told }) => told)).toEqual(
        noticed.map((_each, index) => (index % 2 ? 'over' : 'maybe')),
      );
      expect(noticed.length).toBeGreaterThan(1);
      for (const [index, { at }] of noticed.entries()) {
        if (index % 2) expect(at - noticed[index - 1]!.at).toBeLessThanOrEqual(0.2 * rate);
      }
    },
  );
});

describe('the assistant speaks', () => {
  /** Without pause, from the second second on. */
  function voiceFor(length: number) {
    const voice = new Float32Array(length);
    let at = 2 * rate;
    for (let turn = 0; at < length; turn += 1) {
      const sentence = people[turn % people.length]!.subarray(0, length - at);
      voice.set(sentence, at);
      at += sentence.length;
    }
    return voice;
  }
  /** What comes back through the microphone, 80 ms later. */
  function echo(voice: Float32Array, level: number): Float32Array {
    const factor = 10 ** (level / 20);
    return voice.map((_sample, index) => factor * (voice[index - 0.08 * rate] ?? 0));
  }

  it.each([-45, -30, -20, -10, 0])('and is not taken for a person when %d dB of it come back', (level) => {
    const voice = voiceFor(12 * rate);
    expect(kinds(listen(over(scene('quiet-room', 20), echo(voice, level), 0), voice), 'sure')).toEqual([]);
  });

  it('and a person who speaks over it is heard', () => {
    for (const sentence of people.slice(4)) {
      const at = 6 * rate;
      const microphone = over(scene('quiet-room', 20), sentence, at);
      const voice = voiceFor(microphone.length);
      const noticed = listen(over(microphone, echo(voice, -35), 0), voice);
      expect(kinds(noticed, 'sure')[0]!.at).toBeGreaterThan(at);
      expect(kinds(noticed, 'sure')[0]!.at).toBeLessThan(at + beginning(sentence) + 0.5 * rate);
    }
  });
});
