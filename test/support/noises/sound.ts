/** What the recordings are put together from: filters, envelopes, levels. All sound is mono at 24 kHz, -1 to 1. */
import type { Chance } from './random.ts';

export const rate = 24_000;

export const secondsOf = (seconds: number) => Math.round(seconds * rate);
export const amplitude = (decibels: number) => 10 ** (decibels / 20);

export function whiteNoise(chance: Chance, length: number): Float32Array {
  return new Float32Array(length).map(() => chance.normal());
}

type Shape = 'low' | 'high' | 'band';

/** A second-order filter, in place. `sharpness` is Q. */
export function filter(samples: Float32Array, shape: Shape, hertz: number, sharpness = Math.SQRT1_2): Float32Array {
  const angle = (2 * Math.PI * Math.min(hertz, rate * 0.49)) / rate;
  const cosine = Math.cos(angle);
  const alpha = Math.sin(angle) / (2 * sharpness);
  const scale = 1 / (1 + alpha);
  const edge = shape === 'low' ? (1 - cosine) / 2 : (1 + cosine) / 2;
  const b0 = (shape === 'band' ? alpha : edge) * scale;
  const b1 = (shape === 'band' ? 0 : shape === 'low' ? 2 * edge : -2 * edge) * scale;
  const b2 = shape === 'band' ? -b0 : b0;
  const a1 = -2 * cosine * scale;
  const a2 = (1 - alpha) * scale;
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (const [index, x] of samples.entries()) {
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    samples[index] = y;
  }
  return samples;
}

/** Attack in a straight line, then an exponential fall to -60 dB after `fallS`. In place. */
export function strike(samples: Float32Array, attackS: number, fallS: number): Float32Array {
  const attack = Math.max(1, secondsOf(attackS));
  for (const [index, sample] of samples.entries()) {
    const rise = Math.min(1, index / attack);
    const fall = index < attack ? 1 : Math.exp((-6.9 * (index - attack)) / secondsOf(fallS));
    samples[index] = sample * rise * fall;
  }
  return samples;
}

/** A body that is struck: each mode rings at its frequency and dies away in its time (to -60 dB). */
export function ring(length: number, modes: { hertz: number; fallS: number; level: number }[]): Float32Array {
  const samples = new Float32Array(length);
  for (const { hertz, fallS, level } of modes) {
    for (let index = 0; index < length; index += 1) {
      const at = index / rate;
      samples[index] =
        (samples[index] ?? 0) + level * Math.exp((-6.9 * at) / fallS) * Math.sin(2 * Math.PI * hertz * at);
    }
  }
  return samples;
}

export function rms(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, samples.length));
}

/** Brings the loudest sample to `decibels` below full scale. In place. */
export function peakAt(samples: Float32Array, decibels: number): Float32Array {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);
  return scaled(samples, amplitude(decibels) / peak);
}

/** Brings the RMS to `decibels` below full scale. In place. */
export function rmsAt(samples: Float32Array, decibels: number): Float32Array {
  return scaled(samples, amplitude(decibels) / Math.max(1e-9, rms(samples)));
}

export function scaled(samples: Float32Array, factor: number): Float32Array {
  for (const [index, sample] of samples.entries()) samples[index] = sample * factor;
  return samples;
}

/** Adds `sound` to `samples` from a place on; what does not fit is left away. */
export function mix(samples: Float32Array, sound: Float32Array, atS: number, factor = 1): void {
  const start = secondsOf(atS);
  const end = Math.min(samples.length, start + sound.length);
  for (let index = Math.max(0, start); index < end; index += 1) {
    samples[index] = (samples[index] ?? 0) + factor * (sound[index - start] ?? 0);
  }
}

/** A room's answer: six early echoes and a tail that dies away in `tailS`. Returns a longer sound. */
export function inRoom(sound: Float32Array, chance: Chance, tailS: number): Float32Array {
  const heard = new Float32Array(sound.length + secondsOf(tailS));
  heard.set(sound);
  for (let echo = 0; echo < 30; echo += 1) {
    const afterS = tailS * (echo < 6 ? chance.between(0.01, 0.15) : chance.between(0.1, 1));
    mix(heard, sound, afterS, chance.pick([-1, 1]) * 0.25 * Math.exp((-4 * afterS) / tailS));
  }
  return heard;
}

/** Slow swells of a steady noise, up to `decibels` up and down, each some seconds long. In place. */
export function swell(samples: Float32Array, chance: Chance, decibels: number): Float32Array {
  let [from, to, begun, ends] = [0, 0, 0, 0];
  for (const [index, sample] of samples.entries()) {
    if (index >= ends) {
      [from, to, begun] = [to, chance.between(-decibels, decibels), index];
      ends = index + secondsOf(chance.between(1.5, 5));
    }
    const way = (1 - Math.cos((Math.PI * (index - begun)) / (ends - begun))) / 2;
    samples[index] = sample * amplitude(from + (to - from) * way);
  }
  return samples;
}
