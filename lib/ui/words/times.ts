/** What the figures say that tell how quick a call is. One file a language fills this shape; fetched when they are wanted. */
import type { Language } from './language.ts';

export interface TimesWords {
  language: Language;
  /** From the end of a question to the first sound of its answer. `seconds` and `ms` are written in the language's way. */
  answer: (seconds: string) => string;
  roundTrip: (ms: string) => string;
  /** The kinds of line that need a word; of others the name in the grant is one. */
  lines: Partial<Record<string, string>>;
  /** The same figures for who does not see them side by side, and in the tooltip. */
  spoken: {
    answer: (seconds: string) => string;
    line: (kind: string) => string;
    roundTrip: (ms: string) => string;
  };
}
