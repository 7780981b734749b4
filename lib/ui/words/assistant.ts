/** What the options say of who answers, what that costs, and what it is told. One file a language. */
import type { Modality } from '../../protocol/prices.ts';
import type { Style } from '../../protocol/settings.ts';
import type { Language } from './language.ts';

export interface AssistantWords {
  language: Language;
  /** Sums already written in the language's way. */
  preferred: string;
  priced: (model: string, usdPerMinute: string) => string;
  other: string;
  otherName: string;
  /** Of the model that is chosen. */
  perMinute: (usd: string) => string;
  preferredPrice: string;
  unpriced: string;
  ask: string;
  prices: string;
  pricesHelp: (day: string) => string;
  kinds: Record<Modality, string>;
  rate: (kind: string, input: string, again: string, output: string) => string;
  /** For what is never put out. */
  rateIn: (kind: string, input: string, again: string) => string;
  voiceHelp: string;
  style: string;
  styles: Record<Style, { name: string; help: string }>;
  notes: string;
  notesHelp: string;
  tooLong: string;
  told: string;
  toldHelp: string;
  toldNothing: string;
}
