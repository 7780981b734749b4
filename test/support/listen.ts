/**
 * Records the sound that really comes out: a tap on the assistant's <audio> element, put there from outside through the
 * browser's debugger. The shipped extension knows nothing of it.
 */
import type { Page } from 'puppeteer';

/** Hz: all that the engine's voice holds. */
const rate = 24_000;
/** RMS above this is sound: the voice is at about 0.1, Opus' comfort noise below 0.002. */
export const audible = 0.01;

interface Block {
  /** Unix milliseconds of the block's first sample. */
  at: number;
  rms: number;
  samples: Float32Array;
}

export interface Recording {
  /** Mono, -1 to 1. */
  samples: Float32Array;
  /** Hz. */
  rate: number;
}

export interface Listening {
  /** RMS of the last 85 ms, 0 to 1. */
  level(): Promise<number>;
  /** Unix milliseconds of the first and of the last sound, at or after `sinceMs`; null while there was none. */
  firstSoundAt(sinceMs?: number): number | null;
  lastSoundAt(): number | null;
  /** What came out so far. */
  heard(): Recording;
  /** Takes the tap off, closes its context, and returns all of it. Harmless when the page is gone. */
  stop(): Promise<Recording>;
}

/**
 * Waits for the <audio> element and its stream, however late they come. `page` is the offscreen document's. `behind`: what
 * is played, though the element may be silent.
 */
export async function startListening(page: Page, behind = false): Promise<Listening> {
  const blocks: Block[] = [];
  const take = (at: number, base64: string) => {
    const samples = fromBase64(base64);
    blocks.push({ at, samples, rms: rms(samples) });
  };
  const binding = `parleyHeard${Math.random().toString(36).slice(2)}`;
  await page.exposeFunction(binding, take);
  const tap = await page.evaluateHandle(tapVoice, binding, rate, behind);
  const heard = (): Recording => ({ samples: joined(blocks), rate });
  const soundAfter = (sinceMs: number) => (block: Block) => block.rms > audible && block.at >= sinceMs;
  return {
    level: async () => blocks.at(-1)?.rms ?? 0,
    firstSoundAt: (sinceMs = 0) => blocks.find(soundAfter(sinceMs))?.at ?? null,
    lastSoundAt: () => blocks.findLast(soundAfter(0))?.at ?? null,
    heard,
    async stop() {
      await tap.evaluate((running) => running.stop()).catch(() => undefined);
      await page.removeExposedFunction(binding).catch(() => undefined);
      return heard();
    },
  };
}

/** Runs in the offscreen document; takes nothing from around it. */
function tapVoice(binding: string, sampleRate: number, behind: boolean) {
  const deliver = (globalThis as unknown as Record<string, (at: number, base64: string) => void>)[binding];
  const context = new AudioContext({ sampleRate });
  // A ScriptProcessorNode, because a worklet module from outside is forbidden by the extension's own policy.
  const node = context.createScriptProcessor(2048, 1, 1);
  let source: MediaStreamAudioSourceNode | undefined;
  let tapped: MediaStream | undefined;
  const voice = () => document.querySelector('audio');
  const attach = setInterval(() => {
    const stream = voice()?.srcObject;
    if (!(stream instanceof MediaStream) || stream === tapped || stream.getAudioTracks().length === 0) return;
    source?.disconnect();
    source = context.createMediaStreamSource(stream);
    source.connect(node);
    tapped = stream;
  }, 20);
  node.addEventListener('audioprocess', ({ inputBuffer }) => {
    const element = voice();
    // The stream goes on when the element is silent; what a person hears does not.
    const silent = !element || element.paused || element.muted;
    const gain = behind ? 1 : silent ? 0 : element.volume;
    const pcm = Int16Array.from(inputBuffer.getChannelData(0), (sample) => sample * gain * 0x7fff);
    const bytes = new Uint8Array(pcm.buffer);
    deliver?.(Math.round(Date.now() - inputBuffer.duration * 1000), btoa(String.fromCharCode(...bytes)));
  });
  node.connect(context.destination);
  return {
    async stop() {
      clearInterval(attach);
      source?.disconnect();
      node.disconnect();
      await context.close();
    },
  };
}

function fromBase64(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  return Float32Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(index * 2) / 0x8000);
}

function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length));
}

function joined(blocks: Block[]): Float32Array {
  const all = new Float32Array(blocks.reduce((length, { samples }) => length + samples.length, 0));
  let offset = 0;
  for (const { samples } of blocks) {
    all.set(samples, offset);
    offset += samples.length;
  }
  return all;
}
