import { OfficialCall, type Sound } from './official-call.ts';

const RATE = 24_000;
const CHUNK = RATE / 10;
/** Longer than any turn detection of the tests waits. */
const SILENCE = RATE * 1.2;

/** A call over WebSocket, whose sound comes and goes inside the events. Nothing plays it: it is only kept. */
export abstract class SocketCall extends OfficialCall {
  readonly transport = 'websocket';
  #heard = new Float32Array(0);

  /** Hands PCM16 at 24 kHz to the client. */
  protected abstract append(samples: Int16Array<ArrayBuffer>): void;

  async speaks(samples: Int16Array): Promise<void> {
    const all = new Int16Array(samples.length + SILENCE);
    all.set(samples);
    const began = performance.now();
    for (let at = 0; at < all.length; at += CHUNK) {
      this.append(all.slice(at, at + CHUNK));
      const aheadMs = ((at + CHUNK) / RATE) * 1000 - (performance.now() - began);
      if (aheadMs > 0) await new Promise((resolve) => setTimeout(resolve, aheadMs));
    }
  }

  heard(): Sound {
    return { samples: this.#heard, rate: RATE };
  }

  /** How much came, in ms. */
  protected get heardMs(): number {
    return (this.#heard.length / RATE) * 1000;
  }

  /** For the client's callbacks. */
  protected hears(pcm16: ArrayBufferLike): void {
    const samples = Float32Array.from(new Int16Array(pcm16), (sample) => sample / 0x8000);
    const all = new Float32Array(this.#heard.length + samples.length);
    all.set(this.#heard);
    all.set(samples, this.#heard.length);
    this.#heard = all;
  }
}
