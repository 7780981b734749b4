/**
 * How long an answer takes: from the end of what the person said to the first sound of the answer, by our own ear. It
 * counts everything between, also the silence for which the provider waits, and ends where the voice is handed to the
 * browser: the loudspeaker is some 60 ms later. In tap and hold the person ends their turn themselves, so it counts from
 * there. The ear reports every 50 ms, so an answer looks at most that much slower than it was. Pure; times in ms.
 */
import { quietEndsMs } from '../audio/ear-rate.ts';

/** RMS: the voice is at about 0.1, comfort noise below 0.002. */
const audible = 0.01;

export class FirstSound {
  #speaking = false;
  /** When what was said last was over; null while somebody speaks, and when it has its answer. */
  #saidAt: number | null = null;
  /** Since when something is heard of the voice; null in its silences. */
  #soundSince: number | null = null;
  /** An answer began to play that has not been timed. */
  #due = false;

  /** Our ear is sure that somebody speaks. */
  speech(): void {
    this.#speaking = true;
    this.#saidAt = null;
  }

  /** Speech is over, as the ear says after `quietEndsMs` of quiet. */
  quiet(at: number): void {
    if (this.#speaking) this.#said(at - quietEndsMs);
    this.#speaking = false;
  }

  /** The person has ended their turn. */
  turnEnded(at: number): void {
    this.#said(at);
  }

  /** What comes next answers nothing that was spoken. */
  typed(): void {
    this.#saidAt = null;
    this.#due = false;
  }

  /** The provider says that an answer begins to sound: a little before it is heard, or after. */
  voiceStarted(): void {
    this.#due = this.#saidAt !== null || this.#speaking;
  }

  voiceStopped(): void {
    this.#due = false;
  }

  /** The loudness of the voice until `at`. The time that the answer took, once for each; otherwise null. */
  level(voice: number, at: number): number | null {
    if (voice < audible) this.#soundSince = null;
    else this.#soundSince ??= at;
    const said = this.#saidAt;
    const since = this.#soundSince;
    // What sounded before is the rest of an earlier answer.
    if (!this.#due || said === null || since === null || since < said) return null;
    this.#due = false;
    this.#saidAt = null;
    return Math.round(since - said);
  }

  /** Whichever is later: the finger may leave the key after the last word, and the quiet is told later still. */
  #said(at: number): void {
    this.#saidAt = Math.max(this.#saidAt ?? -Infinity, at);
  }
}
