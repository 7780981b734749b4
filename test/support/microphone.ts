/** Makes what the browser's microphone hears: clips of speech placed in silence, as one 48 kHz WAV. */
import { readFile, writeFile } from 'node:fs/promises';
import { resample } from '../../relay/local/audio/resample.ts';
import { readWav, writeWav } from '../../relay/local/audio/wav.ts';
import { createSpeaking } from '../../relay/local/speaking/speaking.ts';

/** What `--use-file-for-fake-audio-capture` wants; other rates are played at the wrong speed. */
const rate = 48_000;

/** Chrome opens the device before the call is up: speech before this is lost. */
export const leastLeadS = 1.5;

export interface Clip {
  /** Mono, -1 to 1. */
  samples: Float32Array;
  /** Hz. */
  rate: number;
}

export interface PlacedClip {
  clip: Clip;
  /** Seconds from the moment the microphone is opened. */
  atS: number;
}

export interface Placed {
  /** Mono, at 48 kHz. */
  samples: Float32Array;
  /** When each clip's sound is over, seconds from the opening of the microphone. */
  endsS: number[];
}

export async function readClip(path: string): Promise<Clip> {
  return readWav(await readFile(path));
}

/** Speaks with the local engine's own voice. */
export async function speakClips(texts: string[], voice = 'cedar'): Promise<Clip[]> {
  const speaking = createSpeaking();
  try {
    const clips: Clip[] = [];
    for (const text of texts) {
      const { samples } = await speaking.speak(text, { language: 'en', voice });
      clips.push({ samples: Float32Array.from(samples, (sample) => sample / 0x8000), rate: 24_000 });
    }
    return clips;
  } finally {
    await speaking.close();
  }
}

export function durationS(clip: Clip): number {
  return clip.samples.length / clip.rate;
}

/** `trailS` seconds of silence follow the last clip. Throws when a clip would be lost or two would overlap. */
export function placeClips(clips: PlacedClip[], trailS: number): Placed {
  const inOrder = [...clips].sort((a, b) => a.atS - b.atS);
  let freeFromS = leastLeadS;
  for (const { clip, atS } of inOrder) {
    if (atS < freeFromS)
      throw new Error(`A clip at ${atS} s begins before ${freeFromS} s, when it can be heard by itself.`);
    freeFromS = atS + durationS(clip);
  }
  const samples = new Float32Array(Math.ceil((freeFromS + trailS) * rate));
  for (const { clip, atS } of clips) samples.set(resample(clip.samples, clip.rate, rate), Math.round(atS * rate));
  return { samples, endsS: clips.map(({ clip, atS }) => atS + durationS(clip)) };
}

export function silence(seconds: number): Float32Array {
  return new Float32Array(Math.round(seconds * rate));
}

/** The file's bytes. */
export function writeMicrophone(samples: Float32Array): Uint8Array {
  return writeWav(samples, rate);
}

/** Writes the file for `launchBrowser({ microphone })` and returns when each clip ends. */
export async function writeClips(path: string, clips: PlacedClip[], trailS = 2): Promise<number[]> {
  const { samples, endsS } = placeClips(clips, trailS);
  await writeFile(path, writeMicrophone(samples));
  return endsS;
}
