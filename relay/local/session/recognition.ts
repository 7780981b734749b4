import { spokenLanguage, type SessionContext } from './context.ts';
import type { Heard } from './items.ts';

/** What was said in some sound (16 kHz). Silence and a broken recogniser are unintelligible; it never rejects. */
export async function recognise(context: SessionContext, samples: Float32Array): Promise<Heard> {
  try {
    const heard = await context.hearing.recognise(samples, spokenLanguage(context));
    return 'text' in heard && heard.text.trim() === '' ? { fault: 'audio_unintelligible' } : heard;
  } catch (error) {
    context.log(`The recogniser failed: ${error instanceof Error ? error.message : 'unknown'}`);
    return { fault: 'audio_unintelligible' };
  }
}
