/** When a person begins and stops speaking, from one probability per frame. Pure: no clock, no sound. */
import type { TurnDetection } from './session-schema.ts';

/** 512 samples at 16 kHz. */
export const FRAME_MS = 32;
const ONSET_FRAMES = 3;
const HYSTERESIS = 0.15;

/** Stands in for a model of the sentence's end: the longer it may wait, the longer the pause it allows. */
const SEMANTIC_SILENCE_MS = { high: 400, medium: 700, auto: 700, low: 1200 } as const;

export interface DetectorSettings {
  threshold: number;
  prefixMs: number;
  silenceMs: number;
}

export function detectorSettings(detection: TurnDetection): DetectorSettings {
  if (detection.type === 'server_vad') {
    return {
      threshold: detection.threshold,
      prefixMs: detection.prefix_padding_ms,
      silenceMs: detection.silence_duration_ms,
    };
  }
  return { threshold: 0.5, prefixMs: 300, silenceMs: SEMANTIC_SILENCE_MS[detection.eagerness] };
}

export type TurnEdge = 'started' | 'stopped' | null;

export class TurnDetector {
  #speaking = false;
  #loudFrames = 0;
  #quietMs = 0;

  get speaking(): boolean {
    return this.#speaking;
  }

  /** How long the sound before a `started` edge already was speech, in ms. */
  static readonly attackMs = ONSET_FRAMES * FRAME_MS;

  /** Feeds one frame. On at the threshold for three frames in a row; off below threshold − 0.15 for the set silence. */
  push(probability: number, { threshold, silenceMs }: DetectorSettings): TurnEdge {
    if (!this.#speaking) {
      this.#loudFrames = probability >= threshold ? this.#loudFrames + 1 : 0;
      if (this.#loudFrames < ONSET_FRAMES) return null;
      this.#speaking = true;
      this.#quietMs = 0;
      return 'started';
    }
    this.#quietMs = probability < threshold - HYSTERESIS ? this.#quietMs + FRAME_MS : 0;
    if (this.#quietMs === 0 || this.#quietMs < silenceMs) return null;
    this.reset();
    return 'stopped';
  }

  reset(): void {
    this.#speaking = false;
    this.#loudFrames = 0;
    this.#quietMs = 0;
  }
}
