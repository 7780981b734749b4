/** What is said around the diagnostics, which are in English themselves. One file a language fills this shape. */
import type { Language } from './language.ts';

export interface DiagnosticsWords {
  language: Language;
  title: string;
  /** What they are for, and what is not in them. */
  help: string;
  show: string;
  /** Of the box that holds them. */
  label: string;
  copy: string;
  copied: string;
}
