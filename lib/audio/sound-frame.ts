/** What the onset detector looks at: 10 ms of sound as a few figures. */
import { Filter } from './filters.ts';

export const earRate = 24_000;
/** 10 ms: short enough that three of them decide within a blink. */
export const frameSamples = 240;

/**
 * Hz. The lowest holds hum, rumble and the pitch itself, the next three the vowels, the last two what hisses. Edges near
 * those of the ear's own critical bands, two or three to a band: with 10 ms finer ones would only be noisier.
 */
const bandEdges = [
  [90, 250],
  [250, 600],
  [600, 1200],
  [1200, 2400],
  [2400, 4500],
  [4500, 9000],
] as const;

export interface SoundFrame {
  /** dB below full scale, for each of the bands above. */
  bands: number[];
  /** The four middle bands together, where speech is and rumble is not. */
  level: number;
}

/** How much like a voice the last moments were. */
export interface Voicing {
  /** How well the last 20 ms repeat what was one pitch period before, 0 to 1, below 1.1 kHz. */
  periodicity: number;
  /** Of that repetition, seconds. */
  period: number;
  /** The same for the loudness of the band around 1.8 kHz: a voice beats there with its pitch; a thing that rings does not. */
  beat: number;
  /** How well they repeat what was 30 to 55 ms before: many periods of a held tone, but a voice has moved on. */
  steadiness: number;
}

/** Below this nothing is there: the noise of a 16-bit converter. */
export const silentLevel = -90;

const decibels = (power: number) => 10 * Math.log10(power + 1e-9);

class Band {
  readonly #first: Filter;
  readonly #second: Filter;
  #sum = 0;

  constructor([low, high]: readonly [number, number]) {
    const middle = Math.sqrt(low * high);
    // Two in a row are narrower than one: the factor brings the edges back to where they are said to be.
    const sharpness = (0.8 * middle) / (high - low);
    this.#first = new Filter('band', middle, earRate, sharpness);
    this.#second = new Filter('band', middle, earRate, sharpness);
  }

  add(sample: number): void {
    const filtered = this.#second.next(this.#first.next(sample));
    this.#sum += filtered * filtered;
  }

  /** Mean power since it was last asked. */
  take(): number {
    const power = this.#sum / frameSamples;
    this.#sum = 0;
    return power;
  }
}

/** At 6 kHz, a quarter of the rate: pitch is all that is looked for. */
const pitchRate = 6000;
const decimation = earRate / pitchRate;
/** 21 ms are compared: one period of the deepest voice and two of most. */
const compared = 130;
/** 80 to 430 Hz, the pitch of people from a deep man to a child. */
const periods = [14, 75] as const;
const longPeriods = [180, 330] as const;

export class FrameAnalyser {
  readonly #bands = bandEdges.map((edges) => new Band(edges));
  readonly #rumbleOff = new Filter('high', 90, earRate);
  readonly #low = [new Filter('low', 1100, earRate), new Filter('low', 1100, earRate)];
  readonly #middle = [new Filter('band', 1800, earRate, 1), new Filter('band', 1800, earRate, 1)];
  readonly #envelope = [new Filter('low', 600, earRate), new Filter('low', 600, earRate), new Filter('high', 70, earRate)];
  readonly #waves = new Float32Array(compared + longPeriods[1] + 1);
  readonly #beats = new Float32Array(compared + periods[1] + 1);
  readonly #curve = new Float32Array(longPeriods[1] + 2);

  analyse(samples: Float32Array): SoundFrame {
    const added = frameSamples / decimation;
    this.#waves.copyWithin(0, added);
    this.#beats.copyWithin(0, added);
    for (let index = 0; index < frameSamples; index += 1) {
      const sample = samples[index] ?? 0;
      for (const band of this.#bands) band.add(sample);
      const wave = through(this.#low, this.#rumbleOff.next(sample));
      const beat = through(this.#envelope, Math.abs(through(this.#middle, sample)));
      if (index % decimation !== decimation - 1) continue;
      const place = (index + 1) / decimation - 1 - added;
      this.#waves[this.#waves.length + place] = wave;
      this.#beats[this.#beats.length + place] = beat;
    }
    const powers = this.#bands.map((band) => band.take());
    return { bands: powers.map(decibels), level: decibels(powers.slice(1, 5).reduce((sum, power) => sum + power, 0)) };
  }

  /** Of the sound analysed last. Costs ten times as much as the rest, so it is asked only about what is loud. */
  voicing(): Voicing {
    const { height, at } = this.#repetition(this.#waves, periods); (this as any).ringLow = (this as any).ring;
    return {
      periodicity: height,
      period: at / pitchRate,
      beat: this.#repetition(this.#beats, periods).height,
      steadiness: this.#repetition(this.#waves, longPeriods).height,
    };
  }

  /** The highest point of the normalised autocorrelation within a range of lags, beyond its first fall. */
  #repetition(sound: Float32Array, [shortest, longest]: readonly [number, number]): { height: number; at: number } {
    const curve = this.#curve;
    const end = sound.length;
    const begin = end - compared;
    // From lag 1 for the first fall; long lags are far from it.
    const from = shortest > periods[1] ? shortest : 1;
    const power = powerOf(sound, begin, end);
    let past = powerOf(sound, begin - from, end - from);
    for (let lag = from; lag <= longest; lag += 1) {
      let product = 0;
      for (let index = begin; index < end; index += 1) product += sound[index]! * sound[index - lag]!;
      curve[lag] = product / Math.sqrt(power * past + 1e-18);
      past = Math.max(0, past + sound[begin - lag - 1]! ** 2 - sound[end - lag - 1]! ** 2);
    }
    const on = (lag: number) => curve[lag] ?? 0;
    let first = from;
    while (first < longest && on(first + 1) < on(first)) first += 1;
    let ring = 0;
    for (let lag = first; lag < shortest; lag += 1) if (on(lag) > ring && on(lag) >= on(lag - 1) && on(lag) >= on(lag + 1)) ring = on(lag);
    (this as any).ring = ring;
    let [height, at] = [0, 0];
    for (let lag = Math.max(shortest, first); lag < longest; lag += 1) {
      if (on(lag) <= height || on(lag) < on(lag - 1) || on(lag) < on(lag + 1)) continue;
      [height, at] = [on(lag), lag];
    }
    const bend = on(at - 1) - 2 * on(at) + on(at + 1);
    // The summit lies between the lags: a parabola through three of them finds it.
    return { height, at: at > 0 && bend < 0 ? at + (0.5 * (on(at - 1) - on(at + 1))) / bend : at };
  }
}

function powerOf(sound: Float32Array, begin: number, end: number): number {
  let power = 0;
  for (let index = begin; index < end; index += 1) power += sound[index]! ** 2;
  return power;
}

function through(filters: Filter[], sample: number): number {
  let value = sample;
  for (const filter of filters) value = filter.next(value);
  return value;
}
