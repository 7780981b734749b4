import { existsSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { EnergyVad } from './energy-vad.ts';
import type { FromEars, Recognition, ToEars } from './messages.ts';
import { loadMoonshine, moonshineFiles, type Recogniser } from './moonshine.ts';
import { loadOnnx, type Onnx } from './onnx.ts';
import { PhraseBook } from './phrases.ts';
import { loadSilero } from './silero.ts';

/** The ears' own thread: the VAD first, the recogniser behind it, one runtime for both. */

const port = parentPort!;
const send = (message: FromEars) => port.postMessage(message);
const reason = (error: unknown) => (error instanceof Error ? error.message : String(error)).split('\n')[0]!;

type Stream = { push(frame: Float32Array): number | Promise<number>; reset(): void };

function recogniserIsThere(): boolean {
  try {
    const { encoder, decoder } = moonshineFiles();
    return existsSync(encoder) && existsSync(decoder);
  } catch {
    return false;
  }
}

async function load() {
  const missing: string[] = [];
  let onnx: Onnx | null = null;
  let open = (): Stream => new EnergyVad();
  try {
    onnx = await loadOnnx();
    const silero = await loadSilero(onnx);
    open = silero.open;
  } catch (error) {
    send({ kind: 'log', line: `Voice detection by loudness only: Silero did not load (${reason(error)}).` });
    missing.push('voice detection model (packages onnxruntime-web, @ricky0123/vad-web)');
  }
  if (!onnx || !recogniserIsThere()) {
    missing.push('speech recogniser (packages onnxruntime-web, @moonshine-ai/moonshine-js)');
  }
  send({ kind: 'listening', missing });
  return { onnx, open };
}

const ears = load();
const recogniser: Promise<Recogniser | null> = ears
  .then(({ onnx }) => {
    if (!onnx) throw new Error('onnxruntime-web did not load');
    return loadMoonshine(onnx);
  })
  .catch((error: unknown) => {
    send({ kind: 'log', line: `Speech is not understood: the recogniser did not load (${reason(error)}).` });
    return null;
  });

const streams = new Map<number, Promise<Stream>>();

function streamOf(id: number): Promise<Stream> {
  const stream = streams.get(id) ?? ears.then(({ open }) => open());
  streams.set(id, stream);
  return stream;
}

async function judge(message: Extract<ToEars, { kind: 'frame' }>): Promise<void> {
  let value = 0;
  try {
    value = await (await streamOf(message.stream)).push(message.samples);
  } catch (error) {
    send({ kind: 'log', line: `A frame of sound could not be judged (${reason(error)}).` });
  }
  send({ kind: 'probability', id: message.id, value });
}

let busy: Promise<void> = Promise.resolve();

/** By primary tag. */
const books = new Map<string, PhraseBook>();

async function teach({ language, text, decoy, samples }: Extract<ToEars, { kind: 'teach' }>): Promise<void> {
  const book = books.get(language) ?? new PhraseBook();
  books.set(language, book);
  const frames = await (await recogniser)?.frames(samples);
  if (frames) book.learn(text, frames, decoy);
}

async function recognise(samples: Float32Array, language: string): Promise<Recognition> {
  const book = books.get(language);
  if (!book) {
    const text = await (await recogniser)?.recognise(samples);
    return text ? { text } : { fault: 'audio_unintelligible' };
  }
  const frames = await (await recogniser)?.frames(samples);
  if (!frames) return { fault: 'audio_unintelligible' };
  const { phrase } = book.find(frames);
  return phrase === null ? { fault: 'phrase_unknown' } : { text: phrase };
}

async function understand({ id, samples, language }: Extract<ToEars, { kind: 'recognise' }>): Promise<void> {
  let recognition: Recognition = { fault: 'audio_unintelligible' };
  try {
    recognition = await recognise(samples, language);
  } catch (error) {
    send({ kind: 'log', line: `A recording could not be recognised (${reason(error)}).` });
  }
  send({ kind: 'recognised', id, recognition });
}

port.on('message', (message: ToEars) => {
  if (message.kind === 'frame') void judge(message);
  else if (message.kind === 'reset') void streamOf(message.stream).then((stream) => stream.reset());
  else if (message.kind === 'end') streams.delete(message.stream);
  // One recording at a time, in the order they came.
  else if (message.kind === 'recognise') busy = busy.then(() => understand(message));
  else
    busy = busy
      .then(() => teach(message))
      .catch((error: unknown) => send({ kind: 'log', line: `A phrase could not be learned (${reason(error)}).` }));
});
