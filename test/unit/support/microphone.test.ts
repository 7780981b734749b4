import { describe, expect, it } from 'vitest';
import { readWav } from '../../../relay/local/audio/wav.ts';
import { placeClips, writeMicrophone, type Clip } from '../../support/microphone.ts';

/** A tone at 16 kHz. */
const tone = (seconds: number): Clip => ({
  samples: Float32Array.from({ length: 16_000 * seconds }, (_none, index) => 0.5 * Math.sin(index / 5)),
  rate: 16_000,
});

const loudness = (samples: Float32Array, fromS: number, toS: number) =>
  Math.max(...samples.subarray(Math.round(fromS * 48_000), Math.round(toS * 48_000)).map(Math.abs));

describe('what the microphone hears', () => {
  it('is a quiet room, the clips where they were put, and the room again', () => {
    const { samples, endsS } = placeClips(
      [
        { clip: tone(1), atS: 2 },
        { clip: tone(0.5), atS: 4 },
      ],
      1.5,
    );
    expect(endsS).toEqual([3, 4.5]);
    expect(samples.length).toBe(6 * 48_000);
    expect(loudness(samples, 0, 1.99)).toBeLessThan(0.001);
    expect(loudness(samples, 2.1, 2.9)).toBeGreaterThan(0.4);
    expect(loudness(samples, 3.01, 3.99)).toBeLessThan(0.001);
    expect(loudness(samples, 4.1, 4.4)).toBeGreaterThan(0.4);
    expect(loudness(samples, 4.51, 6)).toBeLessThan(0.001);
  });

  it('is never exactly silent, as no living microphone is', () => {
    const { samples } = placeClips([{ clip: tone(1), atS: 2 }], 1);
    expect(samples.subarray(0, 48_000).filter((sample) => sample === 0).length).toBeLessThan(10);
  });

  it('refuses two clips that overlap', () => {
    const clips = [
      { clip: tone(2), atS: 2 },
      { clip: tone(1), atS: 3 },
    ];
    expect(() => placeClips(clips, 1)).toThrow('4 s');
  });

  it('is a 48 kHz file: Chrome plays any other at the wrong speed', () => {
    const { samples } = placeClips([{ clip: tone(1), atS: 2 }], 1);
    expect(readWav(writeMicrophone(samples)).rate).toBe(48_000);
  });
});
