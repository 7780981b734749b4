import { describe, expect, it } from 'vitest';
import { readWav, writeWav } from '../../../relay/local/audio/wav.ts';

/** A WAV file by hand: `format` is [coding, channels, rate, bits]. */
function wavOf(
  [coding, channels, rate, bits]: [number, number, number, number],
  data: Uint8Array,
  extra = 0,
): Uint8Array {
  const bytes = new Uint8Array(44 + extra + data.length);
  const view = new DataView(bytes.buffer);
  const text = (at: number, word: string) => bytes.set(new TextEncoder().encode(word), at);
  text(0, 'RIFF');
  text(8, 'WAVE');
  text(12, 'fmt ');
  view.setUint32(16, 16 + extra, true);
  [coding, channels].forEach((value, index) => view.setUint16(20 + index * 2, value, true));
  view.setUint32(24, rate, true);
  view.setUint16(34, bits, true);
  text(36 + extra, 'data');
  view.setUint32(40 + extra, data.length, true);
  bytes.set(data, 44 + extra);
  return bytes;
}

describe('WAV files', () => {
  it('come back as they were written, to 16 bits', () => {
    const samples = Float32Array.of(0, 0.5, -0.5, 1, -1);
    const { samples: read, rate } = readWav(writeWav(samples, 24_000));
    expect(rate).toBe(24_000);
    read.forEach((sample, index) => expect(sample).toBeCloseTo(samples[index]!, 3));
    expect(read).toHaveLength(5);
  });

  it('clip what is too loud instead of wrapping it round', () => {
    const { samples } = readWav(writeWav(Float32Array.of(3, -3), 8000));
    expect(samples[0]).toBeGreaterThan(0.99);
    expect(samples[1]).toBeLessThan(-0.99);
  });

  it('of two channels are mixed to one', () => {
    const { samples } = readWav(wavOf([1, 2, 48_000, 16], new Uint8Array(Int16Array.of(16_384, 0, 0, -16_384).buffer)));
    expect([...samples]).toEqual([0.25, -0.25]);
  });

  it('of 32-bit float are read, without their NaNs', () => {
    const { samples } = readWav(
      wavOf([3, 1, 16_000, 32], new Uint8Array(Float32Array.of(0.25, Number.NaN, -1).buffer)),
    );
    expect([...samples]).toEqual([0.25, 0, -1]);
  });

  it('with an unknown chunk before the sound are read', () => {
    const plain = writeWav(Float32Array.of(0.5), 16_000);
    const chunk = [...'LIST'].map((letter) => letter.charCodeAt(0));
    const file = Uint8Array.of(...plain.subarray(0, 36), ...chunk, 3, 0, 0, 0, 1, 2, 3, 0, ...plain.subarray(36));
    expect(readWav(file).samples[0]).toBeCloseTo(0.5, 3);
  });

  it('cut off in the middle give what is there', () => {
    const file = writeWav(new Float32Array(1000).fill(0.1), 16_000);
    expect(readWav(file.subarray(0, 44 + 501)).samples).toHaveLength(250);
  });

  it.each([
    ['nothing', new Uint8Array(0), /not a WAV file/],
    ['text', new TextEncoder().encode('<!doctype html><title>404</title>'), /not a WAV file/],
    ['no sound', writeWav(new Float32Array(0), 8000).subarray(0, 36), /holds no sound/],
    ['8-bit sound', wavOf([1, 1, 8000, 8], new Uint8Array(4)), /8-bit samples .* ffmpeg/],
    ['no channels', wavOf([1, 0, 8000, 16], new Uint8Array(4)), /0 channels/],
    ['no rate', wavOf([1, 1, 0, 16], new Uint8Array(4)), /rate is 0/],
  ])('with %s are refused with the reason', (_name, bytes, reason) => {
    expect(() => readWav(bytes)).toThrow(reason);
  });
});
