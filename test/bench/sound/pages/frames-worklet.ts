/** For the bare page: tells once when the microphone's first frame is there. For the WebSocket peer: its sound, 40 ms at a time. */
interface Scope {
  AudioWorkletProcessor: new () => { readonly port: MessagePort };
  registerProcessor(name: string, processor: new () => { process(inputs: Float32Array[][]): boolean }): void;
}
const { AudioWorkletProcessor, registerProcessor } = globalThis as unknown as Scope;

/** 40 ms at 24 kHz. */
const frameLength = 960;

class Frames extends AudioWorkletProcessor {
  #frame = new Int16Array(frameLength);
  #filled = 0;
  #told = false;

  process(inputs: Float32Array[][]): boolean {
    const samples = inputs[0]?.[0];
    if (!samples) return true;
    if (!this.#told) this.port.postMessage({ microphoneFrames: samples.length });
    this.#told = true;
    for (const sample of samples) {
      this.#frame[this.#filled] = Math.max(-1, Math.min(1, sample)) * 0x7fff;
      this.#filled += 1;
      if (this.#filled < frameLength) continue;
      this.port.postMessage(this.#frame, [this.#frame.buffer]);
      this.#frame = new Int16Array(frameLength);
      this.#filled = 0;
    }
    return true;
  }
}

registerProcessor('bench-frames', Frames);
