/** Noises that go on: air, machines, a street. */
import type { Chance } from './random.ts';
import { amplitude, filter, mix, rate, rmsAt, secondsOf, strike, swell, whiteNoise } from './sound.ts';

/** Equal energy in every octave: five leaky sums of white noise, each four times slower than the last. */
export function pinkNoise(chance: Chance, length: number): Float32Array {
  const sums = [0, 0, 0, 0, 0];
  return new Float32Array(length).map(() => {
    let sum = 0;
    for (const [index, value] of sums.entries()) {
      const leak = 0.5 / 4 ** index;
      const next = value + leak * (chance.normal() - value);
      sums[index] = next;
      sum += next / Math.sqrt(leak);
    }
    return sum;
  });
}

/** 6 dB less in every octave: one leaky sum. */
export function brownNoise(chance: Chance, length: number): Float32Array {
  let sum = 0;
  return new Float32Array(length).map(() => (sum = 0.998 * sum + chance.normal()));
}

/** Air through blades: low-passed noise, the blades' tone with three overtones, and a slow wow. */
export function fan(chance: Chance, length: number): Float32Array {
  const air = rmsAt(filter(pinkNoise(chance, length), 'low', chance.between(1500, 4000)), -6);
  const blades = chance.between(60, 140);
  const wow = chance.between(0.3, 1.2);
  return air.map((sample, index) => {
    const at = index / rate;
    const phase = 2 * Math.PI * blades * at + 0.4 * Math.sin(2 * Math.PI * wow * at);
    return sample + [0.1, 0.05, 0.03, 0.02].reduce((sum, level, tone) => sum + level * Math.sin(phase * (tone + 1)), 0);
  });
}

/** 50 or 60 Hz and its overtones, the odd ones stronger, over faint hiss. */
export function mainsHum(chance: Chance, length: number): Float32Array {
  const hertz = chance.pick([50, 60]);
  const tones = Array.from({ length: 14 }, (_none, index) => ({
    hertz: hertz * (index + 1),
    level: ((index % 2 ? 0.4 : 1) * chance.between(0.5, 1)) / (index + 1),
  }));
  return whiteNoise(chance, length).map((sample, index) => {
    const at = index / rate;
    return tones.reduce((sum, tone) => sum + tone.level * Math.sin(2 * Math.PI * tone.hertz * at), sample * 0.02);
  });
}

/** A rumble, and cars that pass: each a band of tyre noise that grows and fades within seconds, its pitch falling. */
export function street(chance: Chance, length: number): Float32Array {
  const samples = rmsAt(swell(filter(brownNoise(chance, length), 'low', 250), chance, 4), -12);
  for (let atS = 0; atS < length / rate; atS += chance.between(2.5, 7)) {
    const passS = chance.between(2, 5);
    const tyres = filter(pinkNoise(chance, secondsOf(passS)), 'band', chance.between(500, 1100), 0.6);
    const passing = tyres.map((sample, index) => sample * Math.sin((Math.PI * index) / tyres.length) ** 4);
    mix(samples, rmsAt(passing, chance.between(-18, -8)), atS);
  }
  return samples;
}

/** Microphone noise, and now and then a creak too soft to matter. */
export function quietRoom(chance: Chance, length: number): Float32Array {
  const samples = rmsAt(filter(pinkNoise(chance, length), 'high', 60), 0);
  for (let atS = chance.between(1, 4); atS < length / rate; atS += chance.between(3, 9)) {
    const creak = filter(whiteNoise(chance, secondsOf(0.15)), 'band', chance.between(400, 2500), 6);
    mix(samples, rmsAt(strike(creak, 0.02, 0.1), 0), atS, amplitude(chance.between(-6, 3)));
  }
  return samples;
}
