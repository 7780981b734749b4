/** What writes down the person's words, with the hints that its model takes: another one's field is refused with the session. */
import type { Term } from './glossary.ts';

export interface Transcription {
  model: string;
  language?: string;
  languages?: string[];
  keywords?: string[];
  prompt?: string;
}

/** Realtime-protocol, 2.3, and the notes of openai's own types: the diarizing one takes no prompt, `gpt-realtime-whisper` neither. */
const takesLists = /^gpt-(?:live-)?transcribe$/;
const takesPrompt = /^(?:whisper-1|gpt-4o-(?:mini-)?transcribe(?:-\d{4}-\d\d-\d\d)?)$/;
/** Whisper reads the last 224 tokens of it. */
const longestPrompt = 500;

/** `language`: BCP 47. The hint is ISO 639-1: two letters. */
export function transcriptionOf(model: string, language: string | undefined, glossary: readonly Term[]): Transcription {
  const hint = /^([a-z]{2})(?:-|$)/i.exec(language ?? '')?.[1]?.toLowerCase();
  const terms = glossary.map(({ term }) => term);
  if (takesLists.test(model)) {
    return {
      model,
      ...(hint === undefined ? {} : { languages: [hint] }),
      ...(terms.length === 0 ? {} : { keywords: terms }),
    };
  }
  const prompt = takesPrompt.test(model) ? promptOf(terms) : '';
  return { model, ...(hint === undefined ? {} : { language: hint }), ...(prompt === '' ? {} : { prompt }) };
}

/** As many terms as fit, the first ones first. */
function promptOf(terms: readonly string[]): string {
  let prompt = '';
  for (const term of terms) {
    const longer = prompt === '' ? term : `${prompt}, ${term}`;
    if (longer.length > longestPrompt) break;
    prompt = longer;
  }
  return prompt;
}
