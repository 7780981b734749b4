/**
 * Runs inside the AudioWorklet. A tap beside the sound, never in its way: input 0 is the microphone, input 1 the
 * assistant's voice. Every 50 ms it posts how loud both were; that it posts at all is the proof that frames flow.
 */

import type { WorkletScope } from './worklet-scope.ts';

export interface LevelReport {
  /** RMS since the last report, 0 to 1. */
  microphone: number;
  voice: number;
  /** Microphone samples since the last report; 0 when none is connected. */
  microphoneFrames: number;
}

export const levelProcessorName = 'parley-level';
const reportsPerSecond = 20;

/** Sums squares until it is asked for their root mean. Exported for tests: the worklet itself runs only in a browser. */
export class LevelMeter {
  #sum = 0;
  #count = 0;

  get frames(): number {
    return this.#count;
  }

  add(samples: Float32Array): void {
    for (const sample of samples) this.#sum += sample * sample;
    this.#count += samples.length;
  }

  take(): number {
    const rms = this.#count === 0 ? 0 : Math.sqrt(this.#sum / this.#count);
    this.#sum = 0;
    this.#count = 0;
    return Math.min(1, rms);
  }
}

export function registerLevel({ AudioWorkletProcessor, registerProcessor, sampleRate }: WorkletScope): void {
  const framesPerReport = sampleRate / reportsPerSecond;

  class LevelProcessor extends AudioWorkletProcessor {
    readonly #microphone = new LevelMeter();
    readonly #voice = new LevelMeter();
    #sinceReport = 0;

    process(inputs: Float32Array[][]): boolean {
      const microphone = inputs[0]?.[0];
      const voice = inputs[1]?.[0];
      if (microphone) this.#microphone.add(microphone);
      if (voice) this.#voice.add(voice);
      this.#sinceReport += 128;
      if (this.#sinceReport >= framesPerReport) this.#report();
      return true;
    }

    #report(): void {
      this.#sinceReport = 0;
      const microphoneFrames = this.#microphone.frames;
      const report: LevelReport = {
        microphone: this.#microphone.take(),
        voice: this.#voice.take(),
        microphoneFrames,
      };
      this.port.postMessage(report);
    }
  }

  registerProcessor(levelProcessorName, LevelProcessor);
}
