import { Worker } from 'node:worker_threads';
import { EnergyVad } from './energy-vad.ts';
import { VAD_FRAME, type FromEars, type Recognition, type ToEars } from './messages.ts';
import { primaryTag } from './phrase-list.ts';
import { speakPhrases, type PhraseVoice } from './spoken-phrases.ts';

export type { Recognition } from './messages.ts';

export interface VadStream {
  /** 512 samples, 16 kHz mono, -1..1. Resolves to the probability of speech, 0..1; frames are answered in order. */
  push(frame: Float32Array): Promise<number>;
  /** Forgets what was heard, for example when the microphone was muted in between. */
  reset(): void;
  /** Frames not yet answered resolve to 0. */
  close(): void;
}

export interface Hearing {
  openVad(): VadStream;
  /**
   * 16 kHz mono speech of at least 0.3 s. Only English has a model; an empty `language` is taken as English, as nobody
   * said otherwise. Of Portuguese and Spanish a list of phrases is known where there is a voice to learn them from.
   * Recordings queue while the model loads and are answered in order.
   */
  recognise(samples: Float32Array, language: string): Promise<Recognition>;
  /** Somebody is about to be heard in this language: learns its phrases, once. Harmless when repeated. */
  prepare?(language: string): void;
  /** Resolves when the VAD listens. The recogniser loads behind it, and recognise() waits for it. Never rejects. */
  ready: Promise<{ missing: string[] }>;
  close(): Promise<void>;
}

const UNINTELLIGIBLE: Recognition = { fault: 'audio_unintelligible' };

export interface HearingOptions {
  log?: (line: string) => void;
  /** Speaks the phrases of languages without a model, so that they are known when a person says them. */
  voice?: PhraseVoice;
}

/** Starts the ears in their own thread: Silero for when somebody speaks, Moonshine for what they said. */
export function createHearing({ log = () => {}, voice }: HearingOptions = {}): Hearing {
  const worker = new Worker(new URL('./hearing.worker.ts', import.meta.url), { name: 'hearing', execArgv: [] });
  const frames = new Map<number, (value: number) => void>();
  const recordings = new Map<number, (recognition: Recognition) => void>();
  const listening = Promise.withResolvers<{ missing: string[] }>();
  let ids = 0;
  let alive = true;
  let closing = false;

  const send = (message: ToEars, transfer: ArrayBuffer[] = []) => worker.postMessage(message, transfer);

  const settle = (reason: string) => {
    if (!alive) return;
    alive = false;
    if (!closing) log(`The ears stopped (${reason}). Voices are now detected by loudness only and not understood.`);
    listening.resolve({ missing: ['hearing (its thread stopped)'] });
    for (const answer of frames.values()) answer(0);
    for (const answer of recordings.values()) answer(UNINTELLIGIBLE);
    frames.clear();
    recordings.clear();
  };

  worker.on('error', (error) => settle(error instanceof Error ? error.message : String(error)));
  worker.on('exit', (code) => settle(`exit code ${code}`));
  worker.on('message', (message: FromEars) => {
    if (message.kind === 'log') log(message.line);
    else if (message.kind === 'listening') listening.resolve({ missing: message.missing });
    else if (message.kind === 'probability') {
      frames.get(message.id)?.(message.value);
      frames.delete(message.id);
    } else {
      recordings.get(message.id)?.(message.recognition);
      recordings.delete(message.id);
    }
  });

  const openVad = (): VadStream => {
    const stream = ++ids;
    const waiting = new Set<number>();
    const fallback = new EnergyVad();
    let open = true;
    return {
      push: (frame) => {
        if (frame.length !== VAD_FRAME)
          throw new RangeError(`A VAD frame has ${VAD_FRAME} samples, not ${frame.length}.`);
        if (!open) return Promise.resolve(0);
        if (!alive) return Promise.resolve(fallback.push(frame));
        const id = ++ids;
        const samples = Float32Array.from(frame);
        waiting.add(id);
        return new Promise((resolve) => {
          frames.set(id, (value) => {
            waiting.delete(id);
            resolve(value);
          });
          send({ kind: 'frame', stream, id, samples }, [samples.buffer]);
        });
      },
      reset: () => {
        fallback.reset();
        if (open && alive) send({ kind: 'reset', stream });
      },
      close: () => {
        if (!open) return;
        open = false;
        for (const id of waiting) {
          frames.get(id)?.(0);
          frames.delete(id);
        }
        if (alive) send({ kind: 'end', stream });
      },
    };
  };

  /** By primary tag; true when its phrases are known. */
  const lessons = new Map<string, Promise<boolean>>();

  /** English needs no lesson. */
  const learn = (language: string): Promise<boolean> => {
    const tag = primaryTag(language) || 'en';
    if (tag === 'en') return Promise.resolve(true);
    const lesson =
      lessons.get(tag) ?? speakPhrases(tag, voice, log, (message) => send(message, [message.samples.buffer]));
    lessons.set(tag, lesson);
    // A voice that failed once may speak the next time.
    void lesson.then((known) => known || lessons.delete(tag));
    return lesson;
  };

  const recognise = async (samples: Float32Array, language: string): Promise<Recognition> => {
    const copy = Float32Array.from(samples);
    if (!(await learn(language))) return { fault: 'language_unsupported' };
    if (!alive) return UNINTELLIGIBLE;
    const id = ++ids;
    return new Promise<Recognition>((resolve) => {
      recordings.set(id, resolve);
      send({ kind: 'recognise', id, language: primaryTag(language) || 'en', samples: copy }, [copy.buffer]);
    });
  };

  return {
    openVad,
    recognise,
    prepare: (language) => void learn(language),
    ready: listening.promise,
    close: async () => {
      closing = true;
      await worker.terminate();
      settle('closed');
    },
  };
}
