/** G.711: 16-bit samples as one logarithmic byte each, as telephone networks carry them at 8 kHz (ITU-T G.711). */

export const G711_RATE = 8000;

const MU_BIAS = 0x84;
const MU_CLIP = 32_767 - MU_BIAS;
/** A-law inverts every other bit, so that silence is no long run of zeros. */
const A_MASK = 0x55;

function toMuLaw(sample: number): number {
  const magnitude = Math.min(Math.abs(sample), MU_CLIP) + MU_BIAS;
  const exponent = 24 - Math.clz32(magnitude);
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
}

function fromMuLaw(byte: number): number {
  const bits = ~byte & 0xff;
  const magnitude = (((bits & 0x0f) << 3) + MU_BIAS) << ((bits & 0x70) >> 4);
  return bits & 0x80 ? MU_BIAS - magnitude : magnitude - MU_BIAS;
}

function toALaw(sample: number): number {
  const magnitude = sample < 0 ? -sample - 1 : sample;
  const exponent = magnitude < 256 ? 0 : 24 - Math.clz32(magnitude);
  const mantissa = (magnitude >> (exponent === 0 ? 4 : exponent + 3)) & 0x0f;
  return ((sample < 0 ? 0 : 0x80) | (exponent << 4) | mantissa) ^ A_MASK;
}

function fromALaw(byte: number): number {
  const bits = byte ^ A_MASK;
  const exponent = (bits & 0x70) >> 4;
  const step = (bits & 0x0f) << 4;
  const magnitude = exponent === 0 ? step + 8 : (step + 0x108) << (exponent - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}

const muLaw = Int16Array.from({ length: 256 }, (_none, byte) => fromMuLaw(byte));
const aLaw = Int16Array.from({ length: 256 }, (_none, byte) => fromALaw(byte));

export type G711Law = 'mu' | 'a';

/** One byte a sample. */
export function encodeG711(samples: Int16Array, law: G711Law): Uint8Array {
  return Uint8Array.from(samples, law === 'mu' ? toMuLaw : toALaw);
}

/** One 16-bit sample a byte. */
export function decodeG711(bytes: Uint8Array, law: G711Law): Int16Array {
  const table = law === 'mu' ? muLaw : aLaw;
  return Int16Array.from(bytes, (byte) => table[byte]!);
}
