/** What the fake microphone says: people's recordings (see `test/assets/speech`), one after the other. */
import { writeFile } from 'node:fs/promises';
import { resample } from '../../../relay/local/audio/resample.ts';
import { createRandom } from '../../../relay/local/faults/random.ts';
import { writeMicrophone } from '../../support/microphone.ts';
import { people } from '../recordings.ts';

/** Hz, of the recordings. */
const spokenRate = 24_000;
const fileRate = 48_000;

/** The assistant's: twenty seconds, and no half second of it like another. */
export const longAnswer = [
  'The lighthouse on the northern cape was built by fishermen after a winter of wrecks.',
  'Its first lamp burned whale oil, and a boy of twelve carried every bucket up the stairs.',
  'When electricity came, the keeper complained that the new light made no sound.',
  'Ships from seven countries set their course by it on clear nights.',
  'A storm broke two windows, and gulls moved into the upper room.',
  'Today visitors may climb all hundred and ninety steps before lunch.',
].join(' ');

/** Speech that begins with the first sample, `gapMs` between its sentences, in a quiet room; mono at 24 kHz. */
export async function continuousSpeech(gapMs: number): Promise<Float32Array> {
  const sentences = (await people()).map(({ samples, startMs, endMs }) =>
    Float32Array.from(samples.subarray(startMs * 24, endMs * 24), (sample) => sample / 0x8000),
  );
  const speech = joined(sentences.flatMap((sentence) => [sentence, new Float32Array((gapMs * spokenRate) / 1000)]));
  const room = quietRoom(speech.length / spokenRate);
  return speech.map((sample, index) => sample + (room[index] ?? 0));
}

/** Noise at -65 dBFS: exact silence would be a broken microphone. */
export function quietRoom(seconds: number): Float32Array {
  const random = createRandom(1);
  return Float32Array.from({ length: Math.round(seconds * spokenRate) }, () => (random() - 0.5) * 0.002);
}

/** A file for the fake microphone, of sound at 24 kHz. */
export async function writeSaid(path: string, samples: Float32Array): Promise<void> {
  await writeFile(path, writeMicrophone(resample(samples, spokenRate, fileRate)));
}

export function joined(pieces: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** PCM16 as base64. */
export function fromBase64(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  return Float32Array.from({ length: bytes.length >> 1 }, (_none, index) => bytes.readInt16LE(index * 2) / 0x8000);
}

/** PCM16. */
export function toBase64(samples: Float32Array): string {
  const pcm = Int16Array.from(samples, (sample) => Math.max(-1, Math.min(1, sample)) * 0x7fff);
  return Buffer.from(pcm.buffer).toString('base64');
}
