import { describe, expect, it } from 'vitest';
import { EnergyVad } from '../../../relay/local/hearing/energy-vad.ts';

/** Pseudo-random noise of a level in dBFS, the same at every run. */
function noise(decibels: number, seed: number): Float32Array {
  const level = 10 ** (decibels / 20) * Math.sqrt(3);
  let state = seed * 7919 + 1;
  return new Float32Array(512).map(() => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return (state / 2 ** 30 - 1) * level;
  });
}

const push = (vad: EnergyVad, decibels: number, frames: number) =>
  Array.from({ length: frames }, (_none, index) => vad.push(noise(decibels, index + 1)));

describe('The VAD that goes by loudness', () => {
  it('hears nobody in silence', () => {
    expect(push(new EnergyVad(), -90, 50).every((probability) => probability < 0.1)).toBe(true);
  });

  it('hears somebody who speaks up in a quiet room, at once', () => {
    const vad = new EnergyVad();
    push(vad, -60, 50);
    expect(push(vad, -25, 3).every((probability) => probability > 0.9)).toBe(true);
  });

  it('gets used to a steady noise within three seconds', () => {
    const vad = new EnergyVad();
    expect(push(vad, -40, 94).at(-1)).toBeLessThan(0.35);
  });

  it('still hears a voice above that noise', () => {
    const vad = new EnergyVad();
    push(vad, -40, 200);
    expect(push(vad, -20, 3).at(-1)).toBeGreaterThan(0.5);
  });
});
