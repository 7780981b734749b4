/** Decibels over the noise floor at which a frame is as likely speech as not. */
const THRESHOLD_DB = 12;
/** How steeply the probability rises around the threshold. */
const SLOPE_DB = 3;
/** Below this a frame is silence whatever the floor; dBFS. */
const SILENCE_DB = -55;
/** The floor follows a louder room slowly, so that a sentence does not become the floor (0.2 dB a frame is 6 dB/s). */
const FLOOR_RISE_DB = 0.2;
/** And a quieter one quickly. */
const FLOOR_FALL = 0.3;

function levelOf(frame: Float32Array): number {
  let sum = 0;
  for (const sample of frame) sum += sample * sample;
  return 10 * Math.log10(sum / frame.length + 1e-12);
}

/**
 * The degraded VAD: loudness over an adaptive noise floor. It takes any sudden steady noise for speech until the floor
 * has followed, which is why Silero is used when it can be loaded.
 */
export class EnergyVad {
  #floor: number | null = null;

  /** A frame of samples in -1..1 → a probability of speech, 0..1. */
  push(frame: Float32Array): number {
    const level = levelOf(frame);
    const floor = this.#floor ?? Math.min(level, SILENCE_DB);
    this.#floor = level < floor ? floor + (level - floor) * FLOOR_FALL : Math.min(level, floor + FLOOR_RISE_DB);
    if (level < SILENCE_DB) return 0;
    return 1 / (1 + Math.exp((floor + THRESHOLD_DB - level) / SLOPE_DB));
  }

  reset(): void {
    this.#floor = null;
  }
}
