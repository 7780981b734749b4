/** Records microphone and voice side by side, in a context of its own or in one that makes the voice. */
import { unixMs } from '../clock.ts';
import type { Recording } from './instruments.ts';
import type { Recorded } from './recorder-worklet.ts';

const rate = 24_000;
/** As it is before anything watches it. */
const WorkletNode = window.AudioWorkletNode;

export class Recorder {
  readonly #blocks: Recorded[] = [];
  readonly #context: BaseAudioContext & Partial<Pick<AudioContext, 'createMediaStreamSource'>>;
  readonly #node: Promise<AudioWorkletNode>;
  #sources: (MediaStreamAudioSourceNode | undefined)[] = [];
  /** Unix milliseconds of frame 0, by the report that came with the least delay. */
  #origin = Number.POSITIVE_INFINITY;

  constructor(context: BaseAudioContext = new AudioContext({ sampleRate: rate })) {
    this.#context = context;
    this.#node = this.#context.audioWorklet.addModule('/bench-recorder.js').then(() => {
      const node = new WorkletNode(this.#context, 'bench-recorder', { numberOfInputs: 2, numberOfOutputs: 0 });
      node.port.addEventListener('message', ({ data }: MessageEvent<Recorded>) => this.#take(data));
      node.port.start();
      return node;
    });
  }

  async connect(input: 0 | 1, stream: MediaStream): Promise<void> {
    const node = await this.#node;
    this.#sources[input]?.disconnect();
    if (stream.getAudioTracks().length === 0) return;
    this.#sources[input] = this.#context.createMediaStreamSource?.(stream);
    this.#sources[input]?.connect(node, 0, input);
  }

  /** What a node of the same context puts out, as the voice. */
  async tap(source: AudioNode): Promise<void> {
    source.connect(await this.#node, 0, 1);
  }

  async gain(gain: number): Promise<void> {
    (await this.#node).port.postMessage(gain);
  }

  take(): Recording {
    const start = this.#blocks[0]?.frame ?? 0;
    return {
      rate,
      at: this.#origin + (start / rate) * 1000,
      microphone: base64Of(this.#blocks.map(({ microphone }) => microphone)),
      voice: base64Of(this.#blocks.map(({ voice }) => voice)),
      gains: this.#blocks.flatMap(({ gains }) => gains.map(({ frame, gain }) => ({ sample: frame - start, gain }))),
    };
  }

  #take(block: Recorded): void {
    this.#blocks.push(block);
    const ends = ((block.frame + block.microphone.length) / rate) * 1000;
    this.#origin = Math.min(this.#origin, unixMs() - ends);
  }
}

/** PCM16. */
export function base64Of(blocks: Float32Array[]): string {
  const pieces = blocks.map((block) => {
    const pcm = Int16Array.from(block, (sample) => Math.max(-1, Math.min(1, sample)) * 0x7fff);
    return String.fromCharCode(...new Uint8Array(pcm.buffer));
  });
  return btoa(pieces.join(''));
}
