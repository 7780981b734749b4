import { resample } from '../../relay/local/audio/resample.ts';
import { createHearing, type Hearing } from '../../relay/local/hearing/hearing.ts';
import { HEARING_RATE, VAD_FRAME } from '../../relay/local/hearing/messages.ts';
import { numberWords } from './number-words.ts';

/** The engine's own ears, used as an independent listener to what came out of a browser. */

const ON = 0.5;
const OFF = 0.35;
/** Frames of silence that end an utterance: 0.45 s. */
const HANGOVER = 14;
/** Frames kept around an utterance, so that soft first and last sounds stay: 0.3 s. */
const MARGIN = 9;

let hearing: Hearing | null = null;

/** One pair of ears for all tests of a file: each costs half a gigabyte. */
export function ears(): Hearing {
  // oxlint-disable-next-line no-console -- a test that fails for want of a model should say so
  return (hearing ??= createHearing({ log: (line) => console.warn(line) }));
}

/** Stretches of speech in 16 kHz mono sound, in samples, with a margin; they never overlap. */
export async function findSpeech(samples: Float32Array): Promise<{ start: number; end: number }[]> {
  const vad = ears().openVad();
  // Speech up to the last sample ends in silence too.
  const padded = new Float32Array(samples.length + (HANGOVER + 1) * VAD_FRAME);
  padded.set(samples);
  const found: { start: number; end: number }[] = [];
  let first: number | null = null;
  let last = 0;
  const frames = Math.floor(padded.length / VAD_FRAME);
  for (let frame = 0; frame < frames; frame++) {
    const probability = await vad.push(padded.subarray(frame * VAD_FRAME, (frame + 1) * VAD_FRAME));
    if (probability >= (first === null ? ON : OFF)) {
      first ??= frame;
      last = frame;
    } else if (first !== null && frame - last >= HANGOVER) {
      const start = Math.max(found.at(-1)?.end ?? 0, (first - MARGIN) * VAD_FRAME);
      found.push({ start, end: Math.min(samples.length, (last + 1 + MARGIN) * VAD_FRAME) });
      first = null;
    }
  }
  vad.close();
  return found;
}

/** English text in mono sound at `rate` Hz, cut at pauses; empty when nobody speaks. */
export async function recognise(samples: Float32Array, rate: number): Promise<string> {
  const heard = resample(samples, rate, HEARING_RATE);
  const texts: string[] = [];
  for (const { start, end } of await findSpeech(heard)) {
    const recognition = await ears().recognise(heard.subarray(start, end), 'en');
    if ('text' in recognition) texts.push(recognition.text);
  }
  return texts.join(' ');
}

export async function closeRecogniser(): Promise<void> {
  await hearing?.close();
  hearing = null;
}

/** Lower case, no punctuation, numbers below a million as words and years as they are read: "12" equals "twelve". */
function plainWords(text: string): string[] {
  return text
    .toLowerCase()
    .replaceAll(/\b(1[1-9])([1-9]\d)\b/g, '$1 $2')
    .replaceAll(/(\d),(?=\d{3}\b)/g, '$1')
    .replaceAll(/\d+/g, (digits) => ` ${digits.length <= 6 ? numberWords(Number(digits)) : digits} `)
    .replaceAll(/['’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Words to insert, delete or replace to get from one text to the other; "light house" is no error for "lighthouse". */
export function wordErrors(expected: string, heard: string): number {
  const wanted = plainWords(expected);
  const found = plainWords(heard);
  /** At [i][j]: the errors between the first i words wanted and the first j found. */
  const table: number[][] = [];
  for (let i = 0; i <= wanted.length; i++) {
    const row: number[] = [];
    table.push(row);
    for (let j = 0; j <= found.length; j++) {
      const ways = i === 0 && j === 0 ? [0] : [];
      if (i > 0) ways.push(table[i - 1]![j]! + 1);
      if (j > 0) ways.push(row[j - 1]! + 1);
      if (i > 0 && j > 0) ways.push(table[i - 1]![j - 1]! + (wanted[i - 1] === found[j - 1] ? 0 : 1));
      if (i > 0 && j > 1 && wanted[i - 1] === found[j - 2]! + found[j - 1]!) ways.push(table[i - 1]![j - 2]!);
      if (i > 1 && j > 0 && found[j - 1] === wanted[i - 2]! + wanted[i - 1]!) ways.push(table[i - 2]![j - 1]!);
      row.push(Math.min(...ways));
    }
  }
  return table[wanted.length]![found.length]!;
}
