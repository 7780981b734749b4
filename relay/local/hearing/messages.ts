/** What the ears' two threads say to each other. */

export type ToEars =
  | { kind: 'frame'; stream: number; id: number; samples: Float32Array<ArrayBuffer> }
  | { kind: 'reset'; stream: number }
  | { kind: 'end'; stream: number }
  | { kind: 'recognise'; id: number; samples: Float32Array<ArrayBuffer> };

export type FromEars =
  | { kind: 'listening'; missing: string[] }
  | { kind: 'probability'; id: number; value: number }
  /** `text` is null when nothing could be understood. */
  | { kind: 'recognised'; id: number; text: string | null }
  | { kind: 'log'; line: string };

/** Samples in a VAD frame: 32 ms at 16 kHz, the only size Silero v5 takes at this rate. */
export const VAD_FRAME = 512;
/** Hz, of everything the ears are given. */
export const HEARING_RATE = 16_000;
