/** Tells, frame by frame, whether a voice sounds, and remembers how much of it there was lately. */
import type { Voicing } from './sound-frame.ts';

export interface VoicedFrame {
  /** It repeats itself with a pitch, as one in twenty frames of noise does by chance. */
  voiced: boolean;
  /** And the pitch moves as only a voice's does: instruments hold theirs, chance leaps. */
  moving: boolean;
}

const voicedFrom = 0.75;
const clearlyVoicedFrom = 0.8;
/** The beat is the noisier of the two. */
const beatAllowance = 0.15;
/** Above this a tone has been held for 50 ms. */
const heldFrom = 0.88;
/** Cents in 10 ms. A singer's vibrato moves by 20, speech by 5 to 60; what leaps further has lost the pitch. */
const leastMove = 5;
const mostMove = 120;
/** 0.8 s: a few syllables. */
const remembered = 80;
/** dB above the noise. A voice that somebody wants to be heard does; of an orchestra's lines few do. */
const standsOut = 12;
/** Of them. Nine in ten clips of speech have more, four in five where noise is 15 dB softer; of 23 pieces of music one. */
const enoughForSpeech = 18;

export class VoicedFrames {
  #moving: boolean[] = [];
  #period = 0;

  /** A frame that is loud: `aboveFloor` dB above the steady noise. */
  hear({ periodicity, beat, steadiness, period }: Voicing, aboveFloor: number): VoicedFrame {
    const voicing = Math.min(periodicity, beat + beatAllowance);
    const cents = this.#period > 0 && period > 0 ? 1200 * Math.abs(Math.log2(period / this.#period)) : Infinity;
    const isMoving = voicing > clearlyVoicedFrom && steadiness < heldFrom && cents > leastMove && cents < mostMove;
    this.#period = period;
    this.#remember(isMoving && aboveFloor > standsOut);
    return { voiced: voicing > voicedFrom, moving: isMoving };
  }

  /** A frame that is not. */
  skip(): VoicedFrame {
    this.#period = 0;
    this.#remember(false);
    return { voiced: false, moving: false };
  }

  /** There was so much of a voice that it was speech, however loud the background. */
  get areSpeech(): boolean {
    return this.#moving.filter(Boolean).length >= enoughForSpeech;
  }

  /** Frames since the first of it. */
  get age(): number {
    return this.#moving.length - this.#moving.indexOf(true);
  }

  /** What was is over and done with. */
  forget(): void {
    this.#moving = [];
  }

  #remember(isMoving: boolean): void {
    this.#moving.push(isMoving);
    if (this.#moving.length > remembered) this.#moving.shift();
  }
}
