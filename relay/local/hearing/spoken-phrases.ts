import { resample } from '../audio/resample.ts';
import type { Speaking } from '../speaking/speaking.ts';
import { HEARING_RATE, type ToEars } from './messages.ts';
import { PHRASE_LISTS } from './phrase-list.ts';

export type PhraseVoice = Pick<Speaking, 'speak' | 'ready'>;

const VOICE_RATE = 24_000;
/** With the accents most people have. */
const SPOKEN_AS: Record<string, string> = { pt: 'pt-BR', es: 'es' };

/**
 * Has a voice say every phrase of a language (a primary tag) and hands each to the ears. Resolves to false, with a line in
 * the log where something failed, when the language has no list or nobody here speaks it. Never rejects.
 */
export async function speakPhrases(
  tag: string,
  voice: PhraseVoice | undefined,
  log: (line: string) => void,
  teach: (message: Extract<ToEars, { kind: 'teach' }>) => void,
): Promise<boolean> {
  const list = Object.hasOwn(PHRASE_LISTS, tag) ? PHRASE_LISTS[tag] : undefined;
  const language = SPOKEN_AS[tag];
  if (!list || !language || !voice) return false;
  if (!(await voice.ready).languages.includes(language)) return false;
  const sayings = [
    ...list.phrases.map((text) => ({ text, decoy: false })),
    ...list.decoys.map((text) => ({ text, decoy: true })),
  ];
  try {
    for (const { text, decoy } of sayings) {
      const { samples } = await voice.speak(text, { language, voice: 'marin' });
      const sound = Float32Array.from(samples, (sample) => sample / 0x8000);
      const samples16 = Float32Array.from(resample(sound, VOICE_RATE, HEARING_RATE));
      teach({ kind: 'teach', language: tag, text, decoy, samples: samples16 });
    }
    return true;
  } catch (error) {
    log(
      `The phrases known in "${language}" could not be learned (${error instanceof Error ? error.message : 'unknown'}).`,
    );
    return false;
  }
}
