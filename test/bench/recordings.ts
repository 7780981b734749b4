/** What is spoken to the engine: people's recordings, and sentences in the engine's own voices. */
import { readFile } from 'node:fs/promises';
import { resample } from '../../relay/local/audio/resample.ts';
import { readWav } from '../../relay/local/audio/wav.ts';
import { createSpeaking } from '../../relay/local/speaking/speaking.ts';
import { audibleSpan } from './statistics.ts';

export interface Recording {
  text: string;
  /** 24 kHz mono. */
  samples: Int16Array;
  /** Where in it somebody speaks. */
  startMs: number;
  endMs: number;
}

const RATE = 24_000;
/** RMS above this is a voice: Opus' own noise is below 0.002. */
export const AUDIBLE = 0.01;
const FOLDER = new URL('../assets/speech/', import.meta.url);

const SENTENCES = [
  'What time does the next train leave for London?',
  'Please read me the first paragraph of this page.',
  'Who wrote the article that I am looking at?',
  'The museum is open from Monday to Friday, and tickets cost twelve dollars.',
  'How many people live in the city of Edinburgh?',
  'Is there anything on this page about the weather tomorrow?',
  'I would like to know when the lighthouse was built.',
  'Tell me what the last section says about the price of bread.',
  'Which of these two phones has the bigger battery?',
  'Could you find the opening hours of the library for me?',
  'What is the main idea of the second chapter?',
  'My sister wants to know whether the shop sells green umbrellas.',
];
/** One of each of the three speakers. */
const VOICES = ['marin', 'cedar', 'ballad'];

function recording(text: string, samples: Int16Array): Recording {
  const span = audibleSpan(samples, RATE, AUDIBLE);
  if (!span) throw new Error(`Nothing is to be heard in the recording of "${text}".`);
  return { text, samples, ...span };
}

export async function people(most = Number.POSITIVE_INFINITY): Promise<Recording[]> {
  const texts = JSON.parse(await readFile(new URL('texts.json', FOLDER), 'utf8')) as { file: string; text: string }[];
  return Promise.all(
    texts.slice(0, most).map(async ({ file, text }) => {
      const { samples, rate } = readWav(await readFile(new URL(file, FOLDER)));
      return recording(
        text,
        Int16Array.from(resample(samples, rate, RATE), (sample) => Math.max(-1, Math.min(1, sample)) * 0x7fff),
      );
    }),
  );
}

export async function voices(most = SENTENCES.length): Promise<Recording[]> {
  const speaking = createSpeaking();
  try {
    const spoken: Recording[] = [];
    for (const [index, text] of SENTENCES.slice(0, most).entries()) {
      const { samples } = await speaking.speak(text, { language: 'en', voice: VOICES[index % VOICES.length]! });
      spoken.push(recording(text, samples));
    }
    return spoken;
  } finally {
    await speaking.close();
  }
}
