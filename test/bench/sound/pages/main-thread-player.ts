/** The simplest player that an application writes: each piece is scheduled where the one before it ends. */
const rate = 24_000;

export class MainThreadPlayer {
  readonly #context = new AudioContext({ sampleRate: rate });
  readonly #out = this.#context.createMediaStreamDestination();
  #next = 0;
  #playing = new Set<AudioBufferSourceNode>();

  constructor(element: HTMLAudioElement) {
    element.srcObject = this.#out.stream;
  }

  /** PCM16. */
  play(data: ArrayBuffer): void {
    const samples = Float32Array.from(new Int16Array(data), (sample) => sample / 0x8000);
    if (samples.length === 0) return;
    const buffer = this.#context.createBuffer(1, samples.length, rate);
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(this.#context, { buffer });
    source.connect(this.#out);
    source.addEventListener('ended', () => this.#playing.delete(source));
    this.#playing.add(source);
    this.#next = Math.max(this.#next, this.#context.currentTime);
    source.start(this.#next);
    this.#next += buffer.duration;
  }

  clear(): void {
    for (const source of this.#playing) source.stop();
    this.#playing.clear();
    this.#next = 0;
  }

  close(): void {
    this.clear();
    void this.#context.close();
  }
}
