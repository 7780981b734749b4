export interface SpokenWord {
  /** The word as written, with its punctuation; all words joined by a space are the clause. */
  text: string;
  startMs: number;
  endMs: number;
}

export interface Speech {
  /** 24 kHz mono. */
  samples: Int16Array<ArrayBuffer>;
  words: SpokenWord[];
}

export interface Clause {
  text: string;
  /** BCP 47. */
  language: string;
  /** One of OpenAI's voice names; an unknown one gets the default voice. */
  voice: string;
  /** 1 is the voice's own pace. */
  speed: number;
}

/** What a voice's thread and the main thread say to each other. */
export type ToVoice = { id: number; clause: Clause };
export type FromVoice =
  | { kind: 'ready' }
  | { kind: 'failed'; reason: string }
  | { kind: 'spoken'; id: number; speech: Speech }
  | { kind: 'refused'; id: number; reason: string };

export const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
