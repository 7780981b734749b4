/** What the room sounds like when nobody speaks: the level that speech has to rise above. All levels in dB, once a frame. */

/** The quietest moment of the last 1.5 s: people pause more often than that, machines do not. */
const floorPart = 25;
const floorParts = 6;
/** A minimum lies below the mean of the same noise; by so much for frames of 10 ms. */
const floorBias = 2;
/** No microphone's own noise is lower; without it digital silence would make every whisper of it loud. */
const lowestFloor = -72;

/** Nine of ten background frames lie below the peaks. */
const peakShare = 0.9;
/** dB a frame: 0.7 up and 0.08 down, so that a second of music is enough to know it and five of silence to forget it. */
const peakStep = 0.8;
/** A sound that was rejected is remembered at its own level and forgotten at 20 dB a second: a cough is over soon. */
const burstFall = 0.2;
/** A quiet room, until the first second has told. */
const startLevel = -60;

export class Background {
  readonly #minima: number[] = [];
  #lowest = Infinity;
  #counted = 0;
  #peaks = startLevel;
  #burst = lowestFloor;
  #floor = startLevel;

  /** Of the steady noise. */
  get floor(): number {
    return this.#floor;
  }

  /** Of what comes and goes: music, typing, what was just rejected. */
  get peaks(): number {
    return Math.max(this.#peaks, this.#burst);
  }

  /** Every frame, speech or not. */
  hear(level: number): void {
    this.#burst = Math.max(lowestFloor, this.#burst - burstFall);
    this.#lowest = Math.min(this.#lowest, level);
    const recent = Math.min(this.#lowest, ...this.#minima);
    this.#counted += 1;
    if (this.#counted === floorPart) {
      this.#minima.push(this.#lowest);
      if (this.#minima.length >= floorParts) this.#minima.shift();
      this.#lowest = Infinity;
      this.#counted = 0;
    }
    // Down at once; up only when a whole window says so.
    if (recent < this.#floor || this.#minima.length === floorParts - 1) {
      this.#floor = Math.max(lowestFloor, recent + floorBias);
    }
  }

  /** A frame that is not speech. */
  learn(level: number): void {
    const above = level - this.#peaks;
    if (above > 0) this.#peaks += peakStep * peakShare * Math.min(1, above / 3);
    else this.#peaks -= peakStep * (1 - peakShare);
    this.#peaks = Math.max(lowestFloor, this.#peaks);
  }

  /** A sound of these levels turned out to be none of a voice. */
  reject(levels: number[]): void {
    for (const level of levels) this.learn(level);
    const middle = levels.toSorted((a, b) => a - b)[Math.floor(levels.length / 2)];
    if (middle !== undefined) this.#burst = Math.max(this.#burst, middle);
  }
}
