/** What the options say where a voice can be heard. One file a language fills this shape. */
import type { Language } from './language.ts';

export interface VoiceWords {
  language: Language;
  hear: string;
  stop: string;
  /** What it sends and costs. */
  help: string;
  playing: string;
  /** A call would be talked over. */
  inCall: string;
}
