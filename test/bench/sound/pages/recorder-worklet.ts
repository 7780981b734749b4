/** Records two inputs side by side on one clock: the microphone, and the assistant's voice as loud as it is played. */

/** One block of both: mono, -1 to 1. `frame` counts from the context's beginning. */
export interface Recorded {
  frame: number;
  microphone: Float32Array;
  voice: Float32Array;
  /** How loud the voice was made from a frame on, 0 to 1, where that changed. */
  gains: { frame: number; gain: number }[];
}

const blocksAPost = 20;
const quantum = 128;

interface Scope {
  AudioWorkletProcessor: new () => { readonly port: MessagePort };
  registerProcessor(name: string, processor: new () => { process(inputs: Float32Array[][]): boolean }): void;
  currentFrame: number;
}
const scope = globalThis as unknown as Scope;
const { AudioWorkletProcessor, registerProcessor } = scope;

class Recorder extends AudioWorkletProcessor {
  #gain = 1;
  #block = 0;
  #microphone = new Float32Array(quantum * blocksAPost);
  #voice = new Float32Array(quantum * blocksAPost);
  #gains: Recorded['gains'] = [];

  constructor() {
    super();
    this.port.addEventListener('message', ({ data }: MessageEvent<number>) => {
      this.#gain = data;
      this.#gains.push({ frame: scope.currentFrame, gain: data });
    });
    this.port.start();
  }

  process(inputs: Float32Array[][]): boolean {
    const at = this.#block * quantum;
    const [microphone, voice] = [inputs[0]?.[0], inputs[1]?.[0]];
    if (microphone) this.#microphone.set(microphone, at);
    if (voice)
      for (let index = 0; index < voice.length; index += 1) this.#voice[at + index] = voice[index]! * this.#gain;
    this.#block += 1;
    if (this.#block === blocksAPost) this.#post();
    return true;
  }

  #post(): void {
    const recorded: Recorded = {
      frame: scope.currentFrame - (blocksAPost - 1) * quantum,
      microphone: this.#microphone,
      voice: this.#voice,
      gains: this.#gains,
    };
    this.port.postMessage(recorded, [this.#microphone.buffer, this.#voice.buffer]);
    this.#microphone = new Float32Array(quantum * blocksAPost);
    this.#voice = new Float32Array(quantum * blocksAPost);
    this.#gains = [];
    this.#block = 0;
  }
}

registerProcessor('bench-recorder', Recorder);
