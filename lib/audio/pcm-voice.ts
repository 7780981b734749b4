/**
 * The assistant's voice on a line that carries PCM inside events: a stream, to be played like WebRTC's. The browser
 * resamples; the worklet sees 24 kHz.
 */
import { playerProcessorName, type PlayerCommand, type PlayerReport } from './pcm-player.ts';
import type { Cut } from './play-queue.ts';

/** The worklet answers within milliseconds, or is not there any more. */
const clearDeadlineMs = 250;
/** Hz, as the Realtime API's `audio/pcm` is. */
const rate = 24_000;

const nothing: Cut = { responseId: null, items: [] };
/**
 * Without a loudspeaker of its own: the stream is what is heard. A context on a real device hands the sound on in bursts
 * that the element which plays the stream stretches and cuts, 35 ms now and then; on this clock not one sample is lost.
 */
const silentContext = {
  sampleRate: rate,
  latencyHint: 'interactive',
  sinkId: { type: 'none' },
} as const satisfies AudioContextOptions & { sinkId: { type: 'none' } };

export interface PcmVoiceEvents {
  /** The first sample of a response went out, and the last. */
  started(responseId: string): void;
  drained(responseId: string): void;
  /** It ran dry although more was to come. */
  starved(): void;
  /** There will be no voice. */
  failed(error: unknown): void;
}

export interface PlayedMs {
  itemId: string;
  /** Of its sound that went out. */
  ms: number;
}

export interface VoiceCut {
  /** The response that was being played; null when nothing sounded. */
  responseId: string | null;
  /** The items that were cut: of the first of them something may have been played. */
  items: PlayedMs[];
}

export interface PcmVoice {
  stream: MediaStream;
  play(responseId: string, itemId: string, samples: Int16Array): void;
  /** All of an item is there. */
  whole(responseId: string): void;
  /** No more sound comes for this response. */
  end(responseId: string): void;
  /** Silence now. */
  clear(): Promise<VoiceCut>;
  /** Harmless when repeated. */
  close(): void;
}

/** At once: what is to be played before the worklet is there waits for it. */
export function openPcmVoice(workletUrl: string, events: PcmVoiceEvents): PcmVoice {
  const context = new AudioContext(silentContext);
  const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  const clearing = new Map<number, (cut: Cut) => void>();
  let clears = 0;
  let closed = false;
  let port: MessagePort | null = null;
  const early: PlayerCommand[] = [];
  const tell = (command: PlayerCommand) => {
    if (port) port.postMessage(command);
    else if (!closed) early.push(command);
  };
  const hear = (report: PlayerReport) => {
    if (closed) return;
    if (report.type === 'cleared') clearing.get(report.id)?.(report.cut);
    else if (report.type === 'starved') events.starved();
    else events[report.type](report.responseId);
  };

  const start = async () => {
    await context.audioWorklet.addModule(workletUrl);
    if (closed) return;
    const options = { numberOfInputs: 0, numberOfOutputs: 1, outputChannelCount: [1] };
    const player = new AudioWorkletNode(context, playerProcessorName, options);
    player.connect(destination);
    player.port.addEventListener('message', ({ data }) => hear(data as PlayerReport));
    player.port.start();
    port = player.port;
    for (const command of early.splice(0)) tell(command);
  };
  start().catch((error: unknown) => {
    if (!closed) events.failed(error);
  });

  return {
    stream: destination.stream,
    play: (responseId, itemId, samples) => tell({ type: 'play', responseId, itemId, samples }),
    whole: (responseId) => tell({ type: 'whole', responseId }),
    end: (responseId) => tell({ type: 'end', responseId }),
    async clear() {
      const { promise, resolve } = Promise.withResolvers<Cut>();
      const id = (clears += 1);
      clearing.set(id, resolve);
      const timer = setTimeout(() => resolve(nothing), closed ? 0 : clearDeadlineMs);
      tell({ type: 'clear', id });
      const { responseId, items } = await promise;
      clearTimeout(timer);
      clearing.delete(id);
      return { responseId, items: items.map(({ itemId, samples }) => ({ itemId, ms: msOf(samples) })) };
    },
    close() {
      closed = true;
      port?.close();
      for (const resolve of clearing.values()) resolve(nothing);
      if (context.state !== 'closed') void context.close();
    },
  };
}

function msOf(samples: number): number {
  return Math.floor((samples * 1000) / rate);
}
