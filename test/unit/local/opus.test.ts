import { describe, expect, it } from 'vitest';
import { loadOpus } from '../../../relay/local/audio/opus.ts';

const opus = await loadOpus();

/** 20 ms of a tone at 24 kHz; `index` is which 20 ms. */
const frame = (index: number) =>
  Int16Array.from({ length: 480 }, (_none, at) =>
    Math.round(8000 * Math.sin((2 * Math.PI * 440 * (index * 480 + at)) / 24_000)),
  );

const loudness = (samples: Float32Array) =>
  Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);

describe('Opus', () => {
  it('carries a 24 kHz tone and gives it back at 16 kHz, as loud, in far fewer bytes', () => {
    const encoder = opus.createEncoder();
    const decoder = opus.createDecoder();
    let bytes = 0;
    let last = new Float32Array(0);
    for (let index = 0; index < 50; index++) {
      const packet = encoder.encode(frame(index));
      bytes += packet.length;
      last = new Float32Array(decoder.decode(packet)!);
      expect(last).toHaveLength(320);
    }
    expect(bytes).toBeLessThan(50 * 160);
    expect(loudness(last)).toBeCloseTo(8000 / 32_768 / Math.SQRT2, 1);
    encoder.free();
    decoder.free();
  });

  it('answers a bad or empty packet with null and goes on', () => {
    const encoder = opus.createEncoder();
    const decoder = opus.createDecoder();
    expect(decoder.decode(new Uint8Array(0))).toBeNull();
    expect(decoder.decode(Uint8Array.of(0xff, 0xff, 0xff))).toBeNull();
    expect(decoder.decode(encoder.encode(frame(0)))).toHaveLength(320);
    encoder.free();
    decoder.free();
  });

  it('fills in for a lost packet with 20 ms of the sound before it', () => {
    const encoder = opus.createEncoder();
    const decoder = opus.createDecoder();
    for (let index = 0; index < 10; index++) decoder.decode(encoder.encode(frame(index)));
    const concealed = decoder.conceal();
    expect(concealed).toHaveLength(320);
    expect(loudness(concealed)).toBeGreaterThan(0.05);
    encoder.free();
    decoder.free();
  });

  it('keeps what it decoded when the next packet comes', () => {
    const encoder = opus.createEncoder();
    const decoder = opus.createDecoder();
    for (let index = 0; index < 5; index++) decoder.decode(encoder.encode(frame(index)));
    const kept = decoder.decode(encoder.encode(frame(5)))!;
    const copy = Float32Array.from(kept);
    decoder.decode(encoder.encode(new Int16Array(480)));
    expect(kept).toEqual(copy);
    encoder.free();
    decoder.free();
  });

  it('refuses a frame of another length', () => {
    const encoder = opus.createEncoder();
    expect(() => encoder.encode(new Int16Array(960))).toThrow(RangeError);
    encoder.free();
  });

  it('serves call after call, and freeing twice is harmless', async () => {
    for (let call = 0; call < 100; call++) {
      const codecs = [opus.createEncoder(), opus.createDecoder()];
      for (const codec of [...codecs, ...codecs]) codec.free();
      await Promise.resolve();
      await new Promise(setImmediate);
    }
  });
});
