/**
 * How much of the assistant's voice comes back through the microphone. Echo cancellation removes most of it, not all, and
 * can be off; what is left must not count as a person. Levels in dB, once every 10 ms.
 */

/** Room and devices delay the echo by up to 400 ms. */
const longestDelay = 40;
/** Below this the voice is silent, and nothing can be learnt from it. */
const silent = -50;
/** Until so much of the voice was heard (750 ms), whatever is up to 6 dB louder than it is taken for its echo. */
const firstGuess = 6;
const framesToLearn = 75;
/** 95 of 100 frames of echo lie below the learnt ratio. It rises by 48 dB a second and falls by 2.5. */
const share = 0.95;
const step = 0.5;
const fullStepAbove = 3;
/** The first frames find the ratio with steps up to this many times as large. */
const firstPace = 20;
const startRatio = -60;
/** More than this above the learnt ratio is not the echo: its swings stay within. */
const margin = 6;

export class Coupling {
  readonly #voice: number[] = [];
  #ratio = startRatio;
  #heard = 0;

  /** `learn` is false while a person speaks: then the microphone says nothing about the echo. */
  hear(microphone: number, voice: number, learn: boolean): void {
    this.#voice.push(voice);
    if (this.#voice.length > longestDelay) this.#voice.shift();
    const loudest = Math.max(...this.#voice);
    if (loudest < silent || !learn) return;
    this.#heard += 1;
    const above = microphone - loudest - this.#ratio;
    const pace = step * Math.max(1, firstPace / this.#heard);
    this.#ratio += pace * (above > 0 ? share * Math.min(1, above / fullStepAbove) : share - 1);
  }

  /** The loudest that an echo can be now; -Infinity while the voice is silent. */
  get bound(): number {
    const loudest = Math.max(...this.#voice);
    if (!(loudest >= silent)) return -Infinity;
    return loudest + (this.#heard < framesToLearn ? firstGuess : this.#ratio + margin);
  }
}
