/** The formats in which sound travels inside events (realtime-protocol 2, `audio.*.format`). */
import { decodeG711, encodeG711, G711_RATE } from './g711.ts';
import { fromPcmBytes, toFloat, toInt16, toPcmBytes } from './pcm.ts';
import { resample } from './resample.ts';

export interface SoundFormat {
  type: 'audio/pcm' | 'audio/pcmu' | 'audio/pcma';
}

const PCM_RATE = 24_000;

/** Samples per second. */
export function rateOf({ type }: SoundFormat): number {
  return type === 'audio/pcm' ? PCM_RATE : G711_RATE;
}

/** A clip of 24 kHz mono in a format's bytes. */
export function encodeSound(samples: Int16Array, format: SoundFormat): Uint8Array {
  if (format.type === 'audio/pcm') return toPcmBytes(samples);
  const narrow = toInt16(resample(toFloat(samples), PCM_RATE, G711_RATE));
  return encodeG711(narrow, format.type === 'audio/pcmu' ? 'mu' : 'a');
}

/** Mono at the format's own rate, -1..1. */
export function decodeSound(bytes: Uint8Array, { type }: SoundFormat): Float32Array {
  if (type === 'audio/pcm') return toFloat(fromPcmBytes(bytes));
  return toFloat(decodeG711(bytes, type === 'audio/pcmu' ? 'mu' : 'a'));
}
