import { spokenLanguage, type SessionContext } from './context.ts';
import { spokenTokens, textTokens } from './usage.ts';

const SAMPLES_PER_MS = 24;

export interface Clause {
  text: string;
  /** 24 kHz; null for words without sound. */
  samples: Int16Array | null;
}

/** A clause as sound. Null when there is no voice for it: the words still come. */
export async function synthesise(
  context: SessionContext,
  clause: string,
  voice: string,
  signal: AbortSignal,
): Promise<Int16Array | null> {
  const { config, speaking, log } = context;
  try {
    const { speed } = config.audio.output;
    const speech = await speaking.speak(clause.trim(), { language: spokenLanguage(context), voice, speed, signal });
    return speech.samples;
  } catch (error) {
    if (!signal.aborted)
      log(`No voice for this answer, sending its words only: ${error instanceof Error ? error.message : 'unknown'}`);
    return null;
  }
}

/** As many of its words as may still be made, with their share of the sound. */
export function withinTokens(clause: Clause, room: number): Clause {
  const { text, samples } = clause;
  const cost = textTokens(text) + (samples ? spokenTokens(samples.length / SAMPLES_PER_MS) : 0);
  if (cost <= room) return clause;
  const words = text.match(/\s*\S+\s*/g) ?? [];
  const share = Math.max(0, room / cost);
  return {
    text: words.slice(0, Math.floor(words.length * share)).join(''),
    samples: samples?.slice(0, Math.floor(samples.length * share)) ?? null,
  };
}
