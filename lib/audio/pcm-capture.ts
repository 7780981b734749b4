/** Runs inside the AudioWorklet: gathers the microphone's samples into 40 ms of 16-bit PCM. */
import type { WorkletScope } from './worklet-scope.ts';

export const captureProcessorName = 'parley-capture';
/** At 24 kHz. Shorter costs more messages, longer delays every word. */
export const captureSamples = 960;

/** Float samples in, whole frames of 16-bit samples out. */
export class FrameGatherer {
  #frame = new Int16Array(captureSamples);
  #length = 0;

  add(samples: Float32Array, take: (frame: Int16Array) => void): void {
    for (const sample of samples) {
      this.#frame[this.#length] = Math.max(-1, Math.min(1, sample)) * 0x7fff;
      this.#length += 1;
      if (this.#length < captureSamples) continue;
      take(this.#frame);
      this.#frame = new Int16Array(captureSamples);
      this.#length = 0;
    }
  }
}

export function registerCapture({ AudioWorkletProcessor, registerProcessor }: WorkletScope): void {
  class CaptureProcessor extends AudioWorkletProcessor {
    readonly #gatherer = new FrameGatherer();

    process([input]: Float32Array[][]): boolean {
      const samples = input?.[0];
      if (samples) this.#gatherer.add(samples, (frame) => this.port.postMessage(frame, [frame.buffer]));
      return true;
    }
  }
  registerProcessor(captureProcessorName, CaptureProcessor);
}
