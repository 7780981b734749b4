/**
 * Is what began a voice? One sound, from its first loud frame on, is weighed frame by frame. The weights are a logistic
 * regression, rounded, over the frames of some 400 onsets of speech (people and synthesisers, in silence and 15 dB above
 * noise) and of as many coughs, keys, knocks, dishes and songs, recorded ones and made ones. Voices and noises that were
 * kept aside did as well.
 */
import type { VoicedFrame } from './voiced-frames.ts';

export interface HeardFrame extends VoicedFrame {
  /** dB. */
  level: number;
  /** dB above what the background is known to reach. */
  above: number;
}

/** Frames that are looked back on: 300 ms. */
const remembered = 30;
/** Those of them whose pitch says most about now. */
const recent = 12;

const weights = {
  /** What the rest has to make up for. */
  threshold: -4.65,
  /** Each of the last twelve frames that has a voice's moving pitch. Three are enough where all else is in favour. */
  moving: 0.96,
  /** Each dB above the background's peaks, 15 at most. */
  above: 0.217,
  /** Each dB by which it grew after its second frame, 20 at most: what is struck is there at once. */
  growth: 0.14,
  /** Each dB that the loudest voiced frame is below the loudest, 20 at most: a cough is loudest before it is voiced. */
  voicedBelow: -0.06,
  /** Each frame since the loudest, 15 at most: what is struck dies away, a syllable grows. */
  fading: -0.054,
  /** Each frame since it began, 45 at most: who speaks is voiced soon. */
  age: -0.066,
};

export class SpeechEvidence {
  readonly #frames: HeardFrame[] = [];
  #age = 0;
  #secondLevel: number | null = null;

  /** Above 0: a voice. */
  score = -Infinity;

  /** Frames since the sound began. */
  get age(): number {
    return this.#age;
  }

  get isVoiced(): boolean {
    return this.#frames.at(-1)?.voiced ?? false;
  }

  /** Newest last. */
  get levels(): number[] {
    return this.#frames.map(({ level }) => level);
  }

  /** The next frame; only loud ones say whether it is a voice. */
  add(frame: HeardFrame, isLoud: boolean): void {
    this.#age += 1;
    if (this.#age === 2) this.#secondLevel = frame.level;
    this.#frames.push(frame);
    if (this.#frames.length > remembered) this.#frames.shift();
    this.score = isLoud ? this.#weigh(frame) : -Infinity;
  }

  #weigh(now: HeardFrame): number {
    const levels = this.levels;
    const loudest = Math.max(...levels);
    const loudestVoiced = Math.max(...this.#frames.filter(({ voiced }) => voiced).map(({ level }) => level));
    return (
      weights.threshold +
      weights.moving * this.#frames.slice(-recent).filter(({ moving }) => moving).length +
      weights.above * Math.max(0, Math.min(15, now.above)) +
      weights.growth * Math.min(20, loudest - (this.#secondLevel ?? now.level)) +
      weights.voicedBelow * Math.min(20, loudest - loudestVoiced) +
      weights.fading * Math.min(15, levels.length - 1 - levels.indexOf(loudest)) +
      weights.age * Math.min(45, this.#age)
    );
  }
}
