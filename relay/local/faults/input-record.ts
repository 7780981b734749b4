import { writeWav } from '../audio/wav.ts';
import { HEARING_RATE } from '../hearing/messages.ts';

const KEPT_SAMPLES = 60 * HEARING_RATE;
/** What is loud is so in pieces of 10 ms, by their root mean square. */
const PIECE = HEARING_RATE / 100;
const LOUD = 0.01;

/** How much sound has arrived at a call's input so far. */
export interface InputSummary {
  heardMs: number;
  /** Of those, how many were not silence: above 1 % of full scale (-40 dB). */
  loudMs: number;
  /** The largest sample, 0 to 1. */
  peak: number;
}

/** Everything that entered a call's input, in the order of its arrival, 16 kHz mono. The last minute is kept. */
export class InputRecord {
  /** A ring, made when there is something to keep. */
  #kept: Float32Array | undefined;
  #heard = 0;
  #loudPieces = 0;
  #pieceEnergy = 0;
  #peak = 0;

  push(samples: Float32Array): void {
    this.#kept ??= new Float32Array(KEPT_SAMPLES);
    for (const sample of samples) {
      this.#kept[this.#heard % KEPT_SAMPLES] = sample;
      this.#heard += 1;
      this.#peak = Math.max(this.#peak, Math.abs(sample));
      this.#pieceEnergy += sample * sample;
      if (this.#heard % PIECE > 0) continue;
      if (this.#pieceEnergy > LOUD * LOUD * PIECE) this.#loudPieces += 1;
      this.#pieceEnergy = 0;
    }
  }

  get summary(): InputSummary {
    return {
      heardMs: (this.#heard * 1000) / HEARING_RATE,
      loudMs: this.#loudPieces * 10,
      peak: Number(this.#peak.toFixed(5)),
    };
  }

  /** The last minute of it, as a WAV file. */
  wav(): Uint8Array {
    const length = Math.min(this.#heard, KEPT_SAMPLES);
    const from = this.#heard - length;
    const kept = this.#kept;
    const samples = Float32Array.from({ length }, (_none, index) => kept?.[(from + index) % KEPT_SAMPLES] ?? 0);
    return writeWav(samples, HEARING_RATE);
  }
}
