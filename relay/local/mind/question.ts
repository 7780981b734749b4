import type { Entry } from '../session/items.ts';

export interface Question {
  text: string;
  fault?: 'audio_unintelligible' | 'phrase_unknown' | 'language_unsupported';
}

/** The person's last words. Turns spoken right after each other, with nothing said between, are one question. */
export function questionOf(entries: readonly Entry[]): Question | null {
  const spoken: string[] = [];
  let fault: Question['fault'];
  for (const { item, heard } of entries.toReversed()) {
    if (item.type === 'message' && item.role === 'assistant') {
      if (spoken.length > 0 || fault) break;
      continue;
    }
    if (item.type !== 'message' || item.role !== 'user') continue;
    if (heard === undefined) {
      // Typed words stand for themselves.
      if (spoken.length > 0 || fault) break;
      return {
        text: item.content
          .map((part) => ('text' in part ? part.text : ''))
          .join(' ')
          .trim(),
      };
    }
    if (heard && 'text' in heard) spoken.unshift(heard.text.trim());
    else if (spoken.length === 0) fault ??= heard?.fault ?? 'audio_unintelligible';
  }
  if (spoken.length > 0) return { text: spoken.join(' ') };
  return fault ? { text: '', fault } : null;
}
