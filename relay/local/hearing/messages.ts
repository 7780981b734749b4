/** What the ears' two threads say to each other. */

/**
 * What was said, or why that is not known: nothing that sounds like words; something, in a language of which only some
 * phrases are known; or a language of which nothing is known.
 */
export type Recognition =
  | { text: string }
  | { fault: 'audio_unintelligible' | 'phrase_unknown' | 'language_unsupported' };

export type ToEars =
  | { kind: 'frame'; stream: number; id: number; samples: Float32Array<ArrayBuffer> }
  | { kind: 'reset'; stream: number }
  | { kind: 'end'; stream: number }
  /** How a phrase (or a decoy) sounds in `language`, a primary tag. */
  | { kind: 'teach'; language: string; text: string; decoy: boolean; samples: Float32Array<ArrayBuffer> }
  /** In English, or in a `language` of which phrases were taught. */
  | { kind: 'recognise'; id: number; language: string; samples: Float32Array<ArrayBuffer> };

export type FromEars =
  | { kind: 'listening'; missing: string[] }
  | { kind: 'probability'; id: number; value: number }
  | { kind: 'recognised'; id: number; recognition: Recognition }
  | { kind: 'log'; line: string };

/** Samples in a VAD frame: 32 ms at 16 kHz, the only size Silero v5 takes at this rate. */
export const VAD_FRAME = 512;
/** Hz, of everything the ears are given. */
export const HEARING_RATE = 16_000;
