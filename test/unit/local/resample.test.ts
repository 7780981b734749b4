import { describe, expect, it } from 'vitest';
import { resample } from '../../../relay/local/audio/resample.ts';

const tone = (hertz: number, rate: number, seconds = 0.2) =>
  new Float32Array(rate * seconds).map((_zero, index) => Math.sin((2 * Math.PI * hertz * index) / rate));

/** RMS of the middle, away from the ends where sound meets silence. */
function loudness(samples: Float32Array): number {
  const middle = samples.subarray(samples.length / 4, (samples.length * 3) / 4);
  return Math.sqrt(middle.reduce((sum, sample) => sum + sample ** 2, 0) / middle.length);
}

describe('Resampling', () => {
  it.each([
    [48_000, 16_000],
    [24_000, 16_000],
    [22_050, 24_000],
    [16_000, 24_000],
    [44_100, 16_000],
  ])('from %i to %i Hz keeps a tone in pitch, place and loudness', (from, to) => {
    const output = resample(tone(440, from), from, to);
    const wanted = tone(440, to);
    expect(output).toHaveLength(Math.round(to * 0.2));
    const middle = Math.floor(wanted.length / 2);
    for (let index = middle - 100; index < middle + 100; index++) expect(output[index]).toBeCloseTo(wanted[index]!, 2);
  });

  it('removes what the lower rate cannot hold, instead of folding it into speech', () => {
    expect(loudness(resample(tone(12_000, 48_000), 48_000, 16_000))).toBeLessThan(0.001);
  });

  it('keeps a constant level constant', () => {
    const output = resample(new Float32Array(4000).fill(0.5), 22_050, 24_000);
    for (const sample of output.subarray(100, -100)) expect(sample).toBeCloseTo(0.5, 5);
  });

  it('takes empty and very short sound', () => {
    expect(resample(new Float32Array(0), 48_000, 16_000)).toHaveLength(0);
    expect(resample(Float32Array.of(1), 16_000, 24_000)).toHaveLength(2);
  });

  it('refuses rates that are none', () => {
    for (const rate of [0, -1, 0.5, Number.NaN])
      expect(() => resample(new Float32Array(1), rate, 16_000)).toThrow(RangeError);
  });
});
