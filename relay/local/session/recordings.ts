import { resample } from '../audio/resample.ts';

/** About ten minutes of talk; a call of an hour must not fill the memory. */
const MOST_BYTES = 24 * 1024 * 1024;
const HEARD_RATE = 16_000;
const SPOKEN_RATE = 24_000;

interface Recording {
  rate: number;
  chunks: Int16Array[];
  samples: number;
}

/** The sound of a conversation's items, for `conversation.item.retrieve`. The oldest is given up when it gets too much. */
export class Recordings {
  readonly #kept = new Map<string, Recording>();
  #bytes = 0;

  /** The person's, 16 kHz, -1..1. */
  addHeard(itemId: string, samples: Float32Array): void {
    this.#add(itemId, HEARD_RATE, toInt16(samples));
  }

  /** The assistant's, 24 kHz. */
  addSpoken(itemId: string, samples: Int16Array): void {
    this.#add(itemId, SPOKEN_RATE, samples);
  }

  /** Keeps only so much from the beginning. */
  cut(itemId: string, ms: number): void {
    const recording = this.#kept.get(itemId);
    if (!recording) return;
    const rest = joined(recording).subarray(0, Math.round((ms * recording.rate) / 1000));
    this.forget(itemId);
    this.#add(itemId, recording.rate, rest.slice());
  }

  forget(itemId: string): void {
    this.#bytes -= (this.#kept.get(itemId)?.samples ?? 0) * 2;
    this.#kept.delete(itemId);
  }

  /** PCM16 24 kHz mono, little endian, in base64; null when there is none (any more). */
  base64(itemId: string): string | null {
    const recording = this.#kept.get(itemId);
    if (!recording) return null;
    const samples = joined(recording);
    const pcm =
      recording.rate === SPOKEN_RATE ? samples : toInt16(resample(toFloat(samples), recording.rate, SPOKEN_RATE));
    return Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength).toString('base64');
  }

  #add(itemId: string, rate: number, samples: Int16Array): void {
    const recording = this.#kept.get(itemId) ?? { rate, chunks: [], samples: 0 };
    recording.chunks.push(samples);
    recording.samples += samples.length;
    this.#kept.set(itemId, recording);
    this.#bytes += samples.length * 2;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= MOST_BYTES) break;
      this.forget(oldest);
    }
  }
}

function joined({ chunks, samples }: Recording): Int16Array {
  const all = new Int16Array(samples);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function toInt16(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32767));
}

function toFloat(samples: Int16Array): Float32Array {
  return Float32Array.from(samples, (sample) => sample / 32768);
}
