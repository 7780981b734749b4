/** What the onset detector looks at: 10 ms of sound as a few figures. */
import { earRate, frameSamples } from './ear-rate.ts';
import { Filter } from './filters.ts';
import { repetition } from './repetition.ts';

/** Levels in dB below full scale. */
export interface SoundFrame {
  /** 250 to 4500 Hz, where speech is and rumble is not. */
  level: number;
  /** Its lower part, up to 1200 Hz: where a voice has its strength and its pitch. */
  low: number;
  /** 1200 to 2400 Hz. */
  middle: number;
}

/** How much like a voice the last moments were. Shares are 0 to 1. */
export interface Voicing {
  /** How well the last 20 ms repeat what was one pitch period before. */
  periodicity: number;
  /** Of that repetition, in seconds; 0: there was none. */
  period: number;
  /** The same for the loudness around 1.8 kHz, which beats with the pitch of a voice. */
  beat: number;
  /** How well they repeat what was 30 to 55 ms before: held tones do, a voice has moved on. */
  steadiness: number;
}

/** Hz. The edges of the formants: first, first and second, second, third and above. */
const bandEdges = [
  [250, 600],
  [600, 1200],
  [1200, 2400],
  [2400, 4500],
] as const;

/** Pitch is looked for at a quarter of the rate. */
const decimation = 4;
const pitchRate = earRate / decimation;
/** 21 ms are compared: more than one period of the deepest voice. */
const compared = 130;
/** 65 to 430 Hz: from a deep man to a child; mains hum lies below. */
const periods = [14, 92] as const;
/** 30 to 55 ms: at least two periods of any voice. */
const longPeriods = [180, 330] as const;
/**
 * A thing that rings repeats itself after one swing of its tone as well as after many; a voice repeats its pitch period
 * much better than the swings of its formants: at 95 of 100 voiced frames by more than this.
 */
const ringing = 0.87;
/** What a ringing frame counts as: no voice, and not quite noise. */
const ringingPeriodicity = 0.4;

const decibels = (power: number) => 10 * Math.log10(power + 1e-9);

export class FrameAnalyser {
  readonly #bands = bandEdges.map((edges) => new Band(edges));
  readonly #pitchOnly = [
    new Filter('high', 90, earRate),
    new Filter('low', 1100, earRate),
    new Filter('low', 1100, earRate),
  ];
  readonly #middle = [new Filter('band', 1800, earRate, 1), new Filter('band', 1800, earRate, 1)];
  readonly #loudness = [
    new Filter('low', 600, earRate),
    new Filter('low', 600, earRate),
    new Filter('high', 70, earRate),
  ];
  readonly #waves = new Float32Array(compared + longPeriods[1] + 1);
  readonly #beats = new Float32Array(compared + periods[1] + 1);

  /** `frameSamples` samples. */
  analyse(samples: Float32Array): SoundFrame {
    const added = frameSamples / decimation;
    this.#waves.copyWithin(0, added);
    this.#beats.copyWithin(0, added);
    for (const [index, sample] of samples.entries()) {
      for (const band of this.#bands) band.add(sample);
      const wave = through(this.#pitchOnly, sample);
      const beat = through(this.#loudness, Math.abs(through(this.#middle, sample)));
      if (index % decimation !== 0) continue;
      const place = index / decimation - added;
      this.#waves[this.#waves.length + place] = wave;
      this.#beats[this.#beats.length + place] = beat;
    }
    const [first = 0, second = 0, third = 0, fourth = 0] = this.#bands.map((band) => band.take());
    return {
      level: decibels(first + second + third + fourth),
      low: decibels(first + second),
      middle: decibels(third),
    };
  }

  /** Of the sound analysed last. Costs more than the rest, so it is asked only about what is loud. */
  voicing(): Voicing {
    const { height, lag, ring } = repetition(this.#waves, compared, periods);
    return {
      periodicity: ring > ringing * height ? Math.min(height, ringingPeriodicity) : height,
      period: lag / pitchRate,
      beat: repetition(this.#beats, compared, periods).height,
      steadiness: repetition(this.#waves, compared, longPeriods).height,
    };
  }
}

/** The level of another sound on the same scale, for what needs no more of it. */
export class SpeechLevel {
  readonly #filters = [new Filter('high', 250, earRate), new Filter('low', 4500, earRate)];
  #sum = 0;
  #count = 0;

  add(samples: Float32Array): void {
    for (const sample of samples) this.#sum += through(this.#filters, sample) ** 2;
    this.#count += samples.length;
  }

  /** Since it was last asked. */
  take(): number {
    const level = decibels(this.#sum / Math.max(1, this.#count));
    this.#sum = 0;
    this.#count = 0;
    return level;
  }
}

class Band {
  readonly #filters: Filter[];
  #sum = 0;

  constructor([low, high]: readonly [number, number]) {
    const middle = Math.sqrt(low * high);
    // Two in a row are narrower than one: the factor brings the edges back to where they are said to be.
    const sharpness = (0.8 * middle) / (high - low);
    this.#filters = [new Filter('band', middle, earRate, sharpness), new Filter('band', middle, earRate, sharpness)];
  }

  add(sample: number): void {
    this.#sum += through(this.#filters, sample) ** 2;
  }

  /** Mean power of the frame. */
  take(): number {
    const power = this.#sum / frameSamples;
    this.#sum = 0;
    return power;
  }
}

function through(filters: Filter[], sample: number): number {
  let value = sample;
  for (const filter of filters) value = filter.next(value);
  return value;
}
