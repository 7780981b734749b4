/** What a microphone's track gives, as it comes: without the buffers of an AudioContext, whose clock is later than the track's. */
import { unixMs } from '../clock.ts';

/** Chromium has it in pages too; TypeScript's library does not know it. */
declare class MediaStreamTrackProcessor {
  constructor(options: { track: MediaStreamTrack });
  readonly readable: ReadableStream<AudioData>;
}

export class Given {
  readonly blocks: Float32Array[] = [];
  rate = 0;
  #length = 0;
  #origin = Number.POSITIVE_INFINITY;

  /** Unix milliseconds of the first sample, by the block that came with the least delay. */
  get at(): number {
    return this.#origin;
  }

  async listen(track: MediaStreamTrack): Promise<void> {
    const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const sound = next.value;
      const block = new Float32Array(sound.numberOfFrames);
      sound.copyTo(block, { planeIndex: 0, format: 'f32-planar' });
      this.rate = sound.sampleRate;
      sound.close();
      this.blocks.push(block);
      this.#length += block.length;
      this.#origin = Math.min(this.#origin, unixMs() - (this.#length / this.rate) * 1000);
    }
  }
}
