/** What the room sounds like when nobody speaks: the levels that speech has to rise above. In dB, once every 10 ms. */

/** A quarter of a second; six of them are looked back on, because people pause within 1.5 s and machines do not. */
const partFrames = 25;
const parts = 6;
/** A quiet room, until the first moments have told. */
const startLevel = -60;

/** Minimum statistics: the steady noise is what is there in the quietest moment of the last 1.5 s. */
export class NoiseFloor {
  readonly #bias: number;
  readonly #lowest: number;
  readonly #minima: number[] = [];
  #minimum = Infinity;
  #counted = 0;
  #level = startLevel;

  /** `bias`: how far the minimum of a noise lies below its mean. `lowest`: the floor is never below this. */
  constructor(bias: number, lowest: number) {
    this.#bias = bias;
    this.#lowest = lowest;
  }

  get level(): number {
    return this.#level;
  }

  hear(level: number): void {
    this.#minimum = Math.min(this.#minimum, level);
    const recent = Math.min(this.#minimum, ...this.#minima) + this.#bias;
    this.#counted += 1;
    if (this.#counted === partFrames) {
      this.#counted = 0;
      this.#minima.push(this.#minimum);
      this.#minimum = Infinity;
      if (this.#minima.length === parts) this.#minima.shift();
    }
    // Down at once; up only when the whole time says so.
    if (recent < this.#level || this.#minima.length === parts - 1) this.#level = Math.max(this.#lowest, recent);
  }
}

/** Nine of ten frames of the background lie below its peaks. */
const peakShare = 0.9;
/** 72 dB a second up and 8 down: one bar of music is enough to know how loud it is, five silent seconds to forget it. */
const peakStep = 0.8;
/** From here on the step is a full one; nearer to the peaks it is in proportion, or it would never rest. */
const fullStepAbove = 3;
/** 20 dB a second: a cough is over soon, and must not hide what is said after it. */
const burstFall = 0.2;
const silent = -72;

/** What comes and goes without being speech: music, typing, what was just rejected. */
export class BackgroundPeaks {
  #peaks = startLevel;
  #burst = silent;

  get level(): number {
    return Math.max(this.#peaks, this.#burst);
  }

  /** Every frame, whatever it is. */
  tick(): void {
    this.#burst = Math.max(silent, this.#burst - burstFall);
  }

  /** A frame that is not speech. */
  learn(level: number): void {
    const above = level - this.#peaks;
    const step = above > 0 ? peakShare * Math.min(1, above / fullStepAbove) : peakShare - 1;
    this.#peaks = Math.max(silent, this.#peaks + peakStep * step);
  }

  /** A sound with these levels turned out to be no voice: until it is forgotten, speech has to be louder. */
  reject(levels: number[]): void {
    for (const level of levels) this.learn(level);
    const median = levels.toSorted((a, b) => a - b)[Math.floor(levels.length / 2)];
    if (median !== undefined) this.#burst = Math.max(this.#burst, median);
  }
}
