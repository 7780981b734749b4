import { warpedDistance, type Frames } from './frames.ts';

/** The same phrase by another voice is nearer than this; a sentence that is not in the book seldom is. */
const CEILING = 0.09;
/** And much nearer than the second phrase. */
const RATIO = 0.75;
/** People speak at their own pace, but not at half or double: a phrase with more behind it is another sentence. */
const PACE = 1.6;

export interface Match {
  /** Null: nothing in the book. */
  phrase: string | null;
  /** Of the nearest, 0 to 2, and how that compares with the second. For those who tune. */
  distance: number;
  ratio: number;
}

/** Phrases of one language as they sound, and which of them a recording is. */
export class PhraseBook {
  readonly #known = new Map<string, { phrase: string | null; frames: Frames }>();

  /** A decoy is never understood, but what is nearest to it is not taken for a phrase. */
  learn(text: string, frames: Frames, decoy = false): void {
    this.#known.set(text, { phrase: decoy ? null : text, frames });
  }

  find(frames: Frames): Match {
    const [best, second] = [...this.#known.values()]
      .map((known) => ({ known, distance: warpedDistance(frames, known.frames) }))
      .toSorted((one, other) => one.distance - other.distance);
    if (!best) return { phrase: null, distance: 2, ratio: 1 };
    const { distance, known } = best;
    const ratio = second ? distance / second.distance : 0;
    const pace = frames.count / known.frames.count;
    const sure = distance <= CEILING && ratio <= RATIO && pace <= PACE && pace >= 1 / PACE;
    return { phrase: sure ? known.phrase : null, distance, ratio };
  }
}
