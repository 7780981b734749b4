import { describe, expect, it } from 'vitest';
import { decodeG711, encodeG711 } from '../../../relay/local/audio/g711.ts';
import { decodeSound, encodeSound } from '../../../relay/local/audio/sound-format.ts';

const tone = (hz: number, rate: number, seconds = 0.5): Int16Array =>
  Int16Array.from({ length: rate * seconds }, (_none, at) => 12_000 * Math.sin((2 * Math.PI * hz * at) / rate));

/** How much louder the tone is than what was added to it, in dB. */
function signalToNoise(wanted: Int16Array, got: Int16Array): number {
  const power = (samples: number[]): number => samples.reduce((sum, each) => sum + each * each, 0);
  return 10 * Math.log10(power([...wanted]) / power([...wanted].map((each, at) => each - got[at]!)));
}

describe('G.711', () => {
  // From the tables of ITU-T G.711: smallest and largest of each sign.
  it.each([
    ['mu', 0xff, 0],
    ['mu', 0x7f, 0],
    ['mu', 0xfe, 8],
    ['mu', 0x80, 32_124],
    ['mu', 0x00, -32_124],
    ['a', 0xd5, 8],
    ['a', 0x55, -8],
    ['a', 0xaa, 32_256],
    ['a', 0x2a, -32_256],
  ] as const)('%s-law reads %i as %i', (law, byte, sample) => {
    expect([...decodeG711(Uint8Array.of(byte), law)]).toEqual([sample]);
  });

  it.each(['mu', 'a'] as const)('%s-law writes every value it can read as the same value', (law) => {
    const values = decodeG711(
      Uint8Array.from({ length: 256 }, (_none, byte) => byte),
      law,
    );
    expect([...decodeG711(encodeG711(values, law), law)]).toEqual([...values]);
  });

  it.each(['mu', 'a'] as const)('%s-law clips what is too loud, and keeps the sign of what is nearly silent', (law) => {
    const [loud = 0, quiet = 0] = decodeG711(encodeG711(Int16Array.of(32_767, -32_768), law), law);
    expect(loud).toBeGreaterThan(32_000);
    expect(quiet).toBeLessThan(-32_000);
    const [above = 0, below = 0] = decodeG711(encodeG711(Int16Array.of(9, -9), law), law);
    expect(above).toBeGreaterThan(0);
    expect(below).toBeLessThan(0);
  });

  it.each(['mu', 'a'] as const)('%s-law keeps a tone clear by more than 35 dB', (law) => {
    const wanted = tone(440, 8000);
    expect(signalToNoise(wanted, decodeG711(encodeG711(wanted, law), law))).toBeGreaterThan(35);
  });
});

describe('Sound in a format', () => {
  it.each([
    ['audio/pcm', 2 * 12_000],
    ['audio/pcmu', 4000],
    ['audio/pcma', 4000],
  ] as const)('%s has its bytes for half a second', (type, bytes) => {
    expect(encodeSound(tone(440, 24_000), { type })).toHaveLength(bytes);
  });

  it.each(['audio/pcmu', 'audio/pcma'] as const)('%s is the same tone at 8 kHz', (type) => {
    const bytes = encodeSound(tone(440, 24_000), { type });
    const got = Int16Array.from(decodeSound(bytes, { type }), (sample) => sample * 32_768);
    // The ends are cut by the filter.
    expect(signalToNoise(tone(440, 8000).subarray(200, -200), got.subarray(200, -200))).toBeGreaterThan(30);
  });

  it('audio/pcm is little-endian', () => {
    expect([...encodeSound(Int16Array.of(1, -2), { type: 'audio/pcm' })]).toEqual([1, 0, 0xfe, 0xff]);
    expect([...decodeSound(Uint8Array.of(0, 0x40, 0, 0x80), { type: 'audio/pcm' })]).toEqual([0.5, -1]);
  });
});
