/** When a person begins and stops speaking, from one probability per frame. Pure: no clock, no sound. */
import type { TurnDetection } from './session-schema.ts';

/** 512 samples at 16 kHz. */
export const FRAME_MS = 32;
const ONSET_FRAMES = 3;
const HYSTERESIS = 0.15;

/**
 * How long a person may be silent inside one turn (realtime-protocol 2.4), and after which pause it is looked whether
 * the sentence sounds finished.
 */
const SEMANTIC_MAX_MS = { high: 2000, medium: 4000, auto: 4000, low: 8000 } as const;
const SEMANTIC_PAUSE_MS = { high: 300, medium: 500, auto: 500, low: 800 } as const;

export interface DetectorSettings {
  threshold: number;
  prefixMs: number;
  silenceMs: number;
  /** A pause worth a look; null when only silence counts. */
  pauseMs: number | null;
}

export function detectorSettings(detection: TurnDetection): DetectorSettings {
  if (detection.type === 'server_vad') {
    return {
      threshold: detection.threshold,
      prefixMs: detection.prefix_padding_ms,
      silenceMs: detection.silence_duration_ms,
      pauseMs: null,
    };
  }
  return {
    threshold: 0.5,
    prefixMs: 300,
    silenceMs: SEMANTIC_MAX_MS[detection.eagerness],
    pauseMs: SEMANTIC_PAUSE_MS[detection.eagerness],
  };
}

export type TurnEdge = 'started' | 'paused' | 'resumed' | 'stopped' | null;

export class TurnDetector {
  #speaking = false;
  #loudFrames = 0;
  #quietMs = 0;

  get speaking(): boolean {
    return this.#speaking;
  }

  /** How long the sound before a `started` edge already was speech, in ms. */
  static readonly attackMs = ONSET_FRAMES * FRAME_MS;

  /**
   * Feeds one frame. On at the threshold for three frames in a row; off below threshold − 0.15 for the set silence. With
   * pauses to look at, each is told once, and when it turns out to have been only one.
   */
  push(probability: number, { threshold, silenceMs, pauseMs }: DetectorSettings): TurnEdge {
    if (!this.#speaking) {
      this.#loudFrames = probability >= threshold ? this.#loudFrames + 1 : 0;
      if (this.#loudFrames < ONSET_FRAMES) return null;
      this.#speaking = true;
      this.#quietMs = 0;
      return 'started';
    }
    const before = this.#quietMs;
    this.#quietMs = probability < threshold - HYSTERESIS ? before + FRAME_MS : 0;
    if (this.#quietMs > 0 && this.#quietMs >= silenceMs) {
      this.reset();
      return 'stopped';
    }
    if (pauseMs === null) return null;
    if (before < pauseMs && this.#quietMs >= pauseMs) return 'paused';
    return before >= pauseMs && this.#quietMs === 0 ? 'resumed' : null;
  }

  reset(): void {
    this.#speaking = false;
    this.#loudFrames = 0;
    this.#quietMs = 0;
  }
}
