/** People who speak a language in voices that the engine's own ears did not learn from: eSpeak's variants. */
import { resample } from '../../relay/local/audio/resample.ts';

interface Espeak {
  get_samplerate(): number;
  set_voice(name: string): number;
  set_rate(wordsPerMinute: number): void;
  set_pitch(percent: number): void;
  synthesize(text: string, callback: (samples: Int16Array) => boolean): void;
}

export interface Accent {
  /** eSpeak's name of a voice, with a variant: `pt-br+f2`. */
  voice: string;
  wordsPerMinute?: number;
  pitch?: number;
}

/** Null when the optional package is not installed. */
export async function otherVoices(): Promise<((text: string, accent: Accent, rate: number) => Float32Array) | null> {
  let espeak: Espeak;
  try {
    const { default: open } = (await import(import.meta.resolve('@echogarden/espeak-ng-emscripten'))) as {
      default: () => Promise<{ eSpeakNGWorker: new () => Espeak }>;
    };
    const { eSpeakNGWorker: Worker } = await open();
    espeak = new Worker();
  } catch {
    return null;
  }
  return (text, { voice, wordsPerMinute = 165, pitch = 50 }, rate) => {
    if (espeak.set_voice(voice) !== 0) throw new Error(`eSpeak has no voice ${voice}.`);
    espeak.set_rate(wordsPerMinute);
    espeak.set_pitch(pitch);
    const said: number[] = [];
    espeak.synthesize(text, (samples) => {
      for (const sample of samples) said.push(sample / 0x8000);
      return false;
    });
    return resample(Float32Array.from(said), espeak.get_samplerate(), rate);
  };
}
