import { parentPort } from 'node:worker_threads';
import { finishSpeech } from './finish.ts';
import { reasonOf, type Clause, type FromVoice, type Speech, type ToVoice } from './messages.ts';
import { markWords, splitWords } from './words.ts';

/** Every other language: eSpeak NG. An optional package under the GPL, so it is only ever loaded here, by name. */

const port = parentPort!;
const send = (message: FromVoice, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

interface EspeakEvent {
  type: string;
  /** Code points, from 1. */
  text_position: number;
  /** Milliseconds. */
  audio_position: number;
}

interface Espeak {
  get_samplerate(): number;
  /** 0 when the voice exists. */
  set_voice(name: string): number;
  set_rate(wordsPerMinute: number): void;
  set_pitch(percent: number): void;
  /** The callback returns true to stop. */
  synthesize(text: string, callback: (samples: Int16Array, events: EspeakEvent[]) => boolean): void;
}

const WORDS_PER_MINUTE = 165;
const LOW_VOICES = new Set(['ash', 'ballad', 'cedar', 'echo', 'fable', 'onyx', 'verse']);
/** Where eSpeak's own default for a language is not the accent most people expect. */
const ACCENTS: Record<string, string> = { en: 'en-us', pt: 'pt-br' };

async function load(): Promise<Espeak> {
  const { default: open } = (await import(import.meta.resolve('@echogarden/espeak-ng-emscripten'))) as {
    default: () => Promise<{ eSpeakNGWorker: new () => Espeak }>;
  };
  const { eSpeakNGWorker: Worker } = await open();
  return new Worker();
}

function chooseVoice(espeak: Espeak, language: string): void {
  const tag = language.toLowerCase().replace('_', '-');
  const primary = tag.split('-')[0]!;
  const names = [ACCENTS[tag] ?? tag, ACCENTS[primary] ?? primary];
  // The name ends up in a path of voice files.
  const found = names.some((name) => /^[a-z]{2,3}(-[a-z0-9]+)*$/.test(name) && espeak.set_voice(name) === 0);
  if (!found) throw new Error(`There is no voice for the language "${language}".`);
}

function synthesise(espeak: Espeak, { text, language, voice, speed }: Clause): Speech {
  chooseVoice(espeak, language);
  espeak.set_rate(Math.round(WORDS_PER_MINUTE * speed));
  espeak.set_pitch(LOW_VOICES.has(voice) ? 40 : 60);
  const chunks: Int16Array[] = [];
  const marks: { at: number; startMs: number }[] = [];
  // Markup would be obeyed, not read. The length stays, as the events count in it.
  espeak.synthesize(text.replaceAll(/[<>&]/g, ' '), (samples, events) => {
    chunks.push(samples);
    for (const { type, text_position: at, audio_position: startMs } of events) {
      if (type === 'word') marks.push({ at: at - 1, startMs });
    }
    return false;
  });
  const rate = espeak.get_samplerate();
  const samples = new Float32Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    for (const sample of chunk) samples[offset++] = sample / 0x8000;
  }
  return finishSpeech(samples, rate, markWords(splitWords(text), marks, (samples.length * 1000) / rate));
}

const espeak = load();
espeak.then(
  () => send({ kind: 'ready' }),
  (error: unknown) => send({ kind: 'failed', reason: reasonOf(error) }),
);

port.on('message', async ({ id, clause }: ToVoice) => {
  try {
    const speech = synthesise(await espeak, clause);
    send({ kind: 'spoken', id, speech }, [speech.samples.buffer]);
  } catch (error) {
    send({ kind: 'refused', id, reason: reasonOf(error) });
  }
});
