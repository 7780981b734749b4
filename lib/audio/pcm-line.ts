/**
 * Sound for a line that carries PCM inside events: the microphone as 24 kHz frames, the voice as a stream that is played
 * like WebRTC's. The browser resamples; both worklets see 24 kHz.
 */
import { captureProcessorName } from './pcm-capture.ts';
import { playerProcessorName, type PlayerCommand, type PlayerReport } from './pcm-player.ts';

/** Hz, as the Realtime API's `audio/pcm` is. */
const rate = 24_000;

export interface PcmLineEvents {
  /** 40 ms of the microphone. */
  captured(samples: Int16Array): void;
  /** The first sample of an answer went out, and the last. */
  started(): void;
  drained(): void;
}

export interface PcmLine {
  /** The assistant's voice. */
  voice: MediaStream;
  setTrack(track: MediaStreamTrack | null): void;
  play(itemId: string, samples: Int16Array): void;
  /** No more sound comes for this answer. */
  end(): void;
  /** Silence now. Resolves with the item that was being heard and how much of it was, null when nothing sounded. */
  clear(): Promise<{ itemId: string; playedMs: number } | null>;
  /** Harmless when repeated. */
  close(): void;
}

export async function openPcmLine(workletUrl: string, events: PcmLineEvents): Promise<PcmLine> {
  const context = new AudioContext({ sampleRate: rate, latencyHint: 'interactive' });
  try {
    await context.audioWorklet.addModule(workletUrl);
  } catch (error) {
    await context.close();
    throw error;
  }
  const capture = new AudioWorkletNode(context, captureProcessorName, { numberOfInputs: 1, numberOfOutputs: 0 });
  const player = new AudioWorkletNode(context, playerProcessorName, {
    numberOfInputs: 0,
    numberOfOutputs: 1,
    outputChannelCount: [1],
  });
  const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
  player.connect(destination);
  let source: MediaStreamAudioSourceNode | null = null;
  const clearing = new Map<number, (report: Extract<PlayerReport, { type: 'cleared' }>) => void>();
  let clears = 0;

  capture.port.addEventListener('message', ({ data }) => events.captured(data as Int16Array));
  capture.port.start();
  player.port.addEventListener('message', ({ data }) => {
    const report = data as PlayerReport;
    if (report.type === 'started') events.started();
    if (report.type === 'drained') events.drained();
    if (report.type === 'cleared') clearing.get(report.id)?.(report);
  });
  player.port.start();
  const tell = (command: PlayerCommand) => player.port.postMessage(command);

  return {
    voice: destination.stream,
    setTrack(track) {
      source?.disconnect();
      source = track && context.state !== 'closed' ? context.createMediaStreamSource(new MediaStream([track])) : null;
      source?.connect(capture);
    },
    play: (itemId, samples) => tell({ type: 'play', itemId, samples }),
    end: () => tell({ type: 'end' }),
    async clear() {
      const id = (clears += 1);
      const { promise, resolve } = Promise.withResolvers<Extract<PlayerReport, { type: 'cleared' }>>();
      clearing.set(id, resolve);
      tell({ type: 'clear', id });
      const { played } = await promise;
      clearing.delete(id);
      return played ? { itemId: played.itemId, playedMs: Math.floor((played.samples * 1000) / rate) } : null;
    },
    close() {
      source?.disconnect();
      capture.port.close();
      player.port.close();
      if (context.state !== 'closed') void context.close();
    },
  };
}
