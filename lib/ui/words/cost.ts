/** What the figures behind the cost of a call say. One file a language fills this shape; fetched when they are opened. */
import type { Language } from './language.ts';

export interface CostWords {
  language: Language;
  call: string;
  today: string;
  month: string;
  /** What kind of figures these are: all of it known, and only a part. */
  note: string;
  partial: string;
}
