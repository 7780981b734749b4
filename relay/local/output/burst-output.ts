import { encodeSound, rateOf } from '../audio/sound-format.ts';
import type { AudioOutput, CreateOutput, SoundPart } from './audio-output.ts';

const SLICE_S = 0.2;

/**
 * The voice over WebSocket: sound inside events, sent as fast as it is made. When and how much of it is heard only the
 * client knows, so nothing can be cleared here; it truncates by itself (realtime-protocol 3.8).
 */
export const burstOutput: CreateOutput = (emit) => new BurstOutput(emit);

class BurstOutput implements AudioOutput {
  readonly buffered = false;
  readonly #emit: Parameters<CreateOutput>[0];
  #closed = false;

  constructor(emit: Parameters<CreateOutput>[0]) {
    this.#emit = emit;
  }

  write({ responseId, itemId, outputIndex, contentIndex, format }: SoundPart, samples: Int16Array): void {
    const bytes = Buffer.from(encodeSound(samples, format));
    const slice = SLICE_S * rateOf(format) * (format.type === 'audio/pcm' ? 2 : 1);
    for (let at = 0; at < bytes.length && !this.#closed; at += slice) {
      this.#emit({
        type: 'response.output_audio.delta',
        response_id: responseId,
        item_id: itemId,
        output_index: outputIndex,
        content_index: contentIndex,
        delta: bytes.toString('base64', at, at + slice),
      });
    }
  }

  finish(): void {}

  clear(): null {
    return null;
  }

  close(): void {
    this.#closed = true;
  }
}
