/** Makes what the browser's microphone hears: clips of speech placed in silence, as one 48 kHz WAV. */
import { readFile, writeFile } from 'node:fs/promises';
import { resample } from '../../relay/local/audio/resample.ts';
import { readWav, writeWav } from '../../relay/local/audio/wav.ts';
import { createSpeaking } from '../../relay/local/speaking/speaking.ts';

/** What `--use-file-for-fake-audio-capture` wants; other rates are played at the wrong speed. */
const rate = 48_000;

/** Speech from here on meets a call that is up. What is said before is kept too, which has tests of its own. */
export const usualLeadS = 1.5;
/** After the last clip. When the file is over the device gives exact zeros, which Parley takes for a dead microphone. */
const usualTrailS = 90;
/** Peak of a quiet room at a microphone: a living one is never exactly silent. */
const roomNoise = 0.0005;

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

/** `trailS` seconds of a quiet room follow the last clip. Throws when two would overlap. */
export function placeClips(clips: PlacedClip[], trailS: number): Placed {
  const inOrder = [...clips].sort((a, b) => a.atS - b.atS);
  let freeFromS = 0;
  for (const { clip, atS } of inOrder) {
    if (atS < freeFromS)
      throw new Error(`A clip at ${atS} s begins before ${freeFromS} s, when it can be heard by itself.`);
    freeFromS = atS + durationS(clip);
  }
  const samples = quietRoom(freeFromS + trailS);
  for (const { clip, atS } of clips) samples.set(resample(clip.samples, clip.rate, rate), Math.round(atS * rate));
  return { samples, endsS: clips.map(({ clip, atS }) => atS + durationS(clip)) };
}

/** Exact zeros: a microphone that is broken, or whose source is gone. */
export function deadMicrophone(seconds: number): Float32Array {
  return new Float32Array(Math.round(seconds * rate));
}

/** The same every time. */
export function quietRoom(seconds: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length: Math.ceil(seconds * rate) }, () => {
    // A linear congruential generator: whiteness is all that is asked of it.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 0x8000_0000 - 1) * roomNoise;
  });
}

/** The file's bytes. */
export function writeMicrophone(samples: Float32Array): Uint8Array {
  return writeWav(samples, rate);
}

/** Writes the file for `launchBrowser({ microphone })` and returns when each clip ends. */
export async function writeClips(path: string, clips: PlacedClip[], trailS = usualTrailS): Promise<number[]> {
  const { samples, endsS } = placeClips(clips, trailS);
  await writeFile(path, writeMicrophone(samples));
  return endsS;
}
