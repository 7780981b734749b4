/**
 * How much of the assistant's voice comes back through the microphone. Echo cancellation removes most of it, not all, and
 * may be off; what is left must not count as a person. Levels in dB, once a frame.
 */

/** Room and devices delay the echo by up to 300 ms. */
const longestDelay = 30;
/** Below this the voice is silent, and nothing can be learnt from it. */
const voiceSounds = -50;
/** Until half a second of the voice has been heard, anything up to 6 dB louder than it is taken for its echo. */
const firstGuess = 6;
const framesToLearn = 50;
/** 95 of 100 frames of echo lie below the learnt share; it falls by 2.5 dB a second, and rises by 40. */
const share = 0.95;
const step = 0.5;
/** Above the learnt share by this much it is not the echo: its own swings are within 6 dB. */
const margin = 6;

export class Coupling {
  readonly #voice: number[] = [];
  #learnt = -60;
  #heard = 0;

  /** `learn` false while a person speaks: then the microphone says nothing about the echo. */
  hear(microphone: number, voice: number, learn: boolean): void {
    this.#voice.push(voice);
    if (this.#voice.length > longestDelay) this.#voice.shift();
    const loudest = Math.max(...this.#voice);
    if (loudest < voiceSounds || !learn) return;
    this.#heard += 1;
    const above = microphone - loudest - this.#learnt;
    // The first frames find the level quickly, the later ones follow it.
    const pace = step * Math.max(1, 20 / this.#heard);
    this.#learnt += above > 0 ? pace * share * Math.min(1, above / 3) : -pace * (1 - share);
  }

  /** The loudest that the echo can be now; -Infinity while the voice is silent. */
  get bound(): number {
    const loudest = Math.max(...this.#voice);
    if (!(loudest >= voiceSounds)) return -Infinity;
    return loudest + (this.#heard < framesToLearn ? firstGuess : this.#learnt + margin);
  }
}
