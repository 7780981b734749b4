/** What comes out of people and is not speech. Each function makes one sound; its loudest sample is 1. */
import type { Chance } from './random.ts';
import { filter, mix, peakAt, rate, rmsAt, scaled, secondsOf, strike, whiteNoise } from './sound.ts';

/** Noise through a throat: two broad resonances over a soft hiss. */
function throat(chance: Chance, seconds: number, open: number): Float32Array {
  const source = whiteNoise(chance, secondsOf(seconds));
  const samples = scaled(filter(Float32Array.from(source), 'low', 6000), 0.15);
  mix(samples, filter(Float32Array.from(source), 'band', open, 1.5), 0, 1);
  mix(samples, filter(source, 'band', open * chance.between(1.9, 2.6), 2), 0, 0.8);
  return samples;
}

/**
 * The three parts of a cough: the burst when the throat opens, air that rushes out for a sixth of a second, and with
 * half of the people a short rough tone at the end.
 */
export function cough(chance: Chance): Float32Array {
  const open = chance.between(500, 1100);
  const samples = new Float32Array(secondsOf(0.6));
  const burst = throat(chance, 0.09, open);
  mix(samples, rmsAt(strike(burst, 0.004, 0.12), -8), 0);
  const rush = throat(chance, chance.between(0.16, 0.3), open * 1.15);
  mix(samples, rmsAt(strike(rush, 0.02, 0.45), -15), 0.035);
  if (chance.next() < 0.5) {
    const tone = roughTone(chance, chance.between(0.08, 0.16), chance.between(140, 380), open);
    mix(samples, rmsAt(strike(tone, 0.02, 0.3), -19), chance.between(0.2, 0.3));
  }
  return peakAt(samples, 0);
}

/** A hoarse voice: pulses whose distance and strength waver from one to the next, through the throat. */
function roughTone(chance: Chance, seconds: number, hertz: number, open: number): Float32Array {
  const pulses = new Float32Array(secondsOf(seconds));
  for (let at = 0; at < pulses.length; at += Math.round((rate / hertz) * chance.between(0.8, 1.2))) {
    pulses[at] = chance.between(0.4, 1);
  }
  const air = scaled(whiteNoise(chance, pulses.length), 0.08);
  mix(pulses, air, 0);
  return filter(filter(pulses, 'low', 1800), 'band', open, 1);
}

/** In or out through the mouth: a band of noise that comes and goes within half a second. */
export function breath(chance: Chance): Float32Array {
  const samples = throat(chance, chance.between(0.35, 0.9), chance.between(700, 1600));
  return peakAt(
    samples.map((sample, index) => sample * Math.sin((Math.PI * index) / samples.length) ** 2),
    0,
  );
}
