import { describe, expect, it } from 'vitest';
import { noiseKinds, noiseScene } from '../../support/noises.ts';

const seconds = 6;
const levelOf = (samples: Float32Array) =>
  10 * Math.log10(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);

describe('recordings of what is not speech', () => {
  it.each(noiseKinds)('%s: the same for the same seed, another for another, as loud as such a thing is', (kind) => {
    const { samples, rate, events } = noiseScene(kind, seconds, 5);
    expect(samples.length).toBe(seconds * rate);
    expect(noiseScene(kind, seconds, 5).samples).toEqual(samples);
    expect(noiseScene(kind, seconds, 6).samples).not.toEqual(samples);
    expect(levelOf(samples)).toBeGreaterThan(-75);
    expect(levelOf(samples)).toBeLessThan(-15);
    expect(events.map(({ atS }) => atS)).toEqual(events.map(({ atS }) => atS).toSorted((a, b) => a - b));
    expect(events.every(({ atS }) => atS >= 0 && atS < seconds)).toBe(true);
  });

  it('says what happens when', () => {
    const { samples, rate, events } = noiseScene('knocks', 20, 3);
    expect(new Set(events.map(({ what }) => what))).toContain('knock');
    for (const { atS } of events) {
      const heard = samples.subarray(atS * rate, (atS + 0.05) * rate);
      expect(levelOf(heard)).toBeGreaterThan(-50);
    }
  });
});
