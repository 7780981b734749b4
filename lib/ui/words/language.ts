/** The languages Parley speaks, and which one a person gets. Pure. */
import type { Settings } from '../../protocol/settings.ts';

export const languages = ['en', 'pt-BR', 'es'] as const;
export type Language = (typeof languages)[number];

/** `auto` follows the browser: any Portuguese reads Brazilian, anything unknown reads English. */
export function pickLanguage(setting: Settings['language'], browserLanguage: string): Language {
  if (setting !== 'auto') return setting;
  const base = browserLanguage.toLowerCase().split(/[-_]/)[0];
  return base === 'pt' ? 'pt-BR' : base === 'es' ? 'es' : 'en';
}
