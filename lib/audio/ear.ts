/**
 * The ear of a call: a worklet beside the sound, never in its way. It measures microphone and voice, notices speech, and
 * remembers the last 30 s of the microphone. Positions count samples at 24 kHz since the ear was opened; they stand still
 * while no microphone is connected.
 */
import { earProcessorName, type EarCommand, type EarReport } from './ear-processor.ts';
import { earRate } from './ear-rate.ts';
import { keepRunning } from './keep-running.ts';

/** Posted every 50 ms; that it comes at all is the proof that frames flow. */
export interface LevelReport {
  /** RMS since the last report, 0 to 1. */
  microphone: number;
  voice: number;
  /** Microphone samples since the last report; 0 when none is connected. */
  microphoneFrames: number;
  /** All of them were exactly 0. False when there were none. */
  microphoneZero: boolean;
}

export interface Onset {
  /**
   * `maybe`: loud enough to duck the voice. `sure`: it is speech. `over`: a maybe that was none, within 200 ms, or the
   * end of speech.
   */
  kind: 'maybe' | 'sure' | 'over';
  /** Position of the first sample of what began. */
  from: number;
}

export interface EarEvents {
  level(report: LevelReport): void;
  onset(onset: Onset): void;
  /** The browser has halted it, and it does not wake: nothing is heard through it any more. */
  stopped(): void;
}

export interface Heard {
  /** Of the next sample. */
  position: number;
  /** First sample of the first speech at or after the asked position that did not turn out to be noise; null: none. */
  speechFrom: number | null;
  /** Speech now, or within the last 300 ms. */
  speaking: boolean;
}

export interface Delivery {
  /** Sends what is still there up to now and ends. Resolves with the position after the last delivered sample. */
  stop(): Promise<number>;
}

export interface CatchUp {
  track: MediaStreamTrack;
  /** The ring has been played up to now: from here on the track is live. */
  caughtUp: Promise<void>;
  /** Harmless when repeated. */
  close(): void;
}

export interface Ear {
  /** May be replaced at any time; ring and positions go on. */
  setMicrophone(stream: MediaStream | null): void;
  setVoice(stream: MediaStream | null): void;
  look(since: number): Promise<Heard>;
  /**
   * From position `from`, or the oldest that is still there: every sample once, in order. What has been heard comes at
   * once in frames of at most 200 ms, then the live sound in frames of 40 ms.
   */
  deliver(from: number, take: (frame: Int16Array) => void): Delivery;
  /** A track that plays the ring from `from`, `speed` times as fast as it was spoken, until it has caught up. */
  catchUp(from: number, speed: number): CatchUp;
  /** Harmless when repeated. */
  close(): void;
}

export async function openEar(workletUrl: string, events: EarEvents): Promise<Ear> {
  const context = new AudioContext({ sampleRate: earRate, latencyHint: 'interactive' });
  try {
    await context.audioWorklet.addModule(workletUrl);
  } catch (error) {
    await context.close();
    throw error;
  }
  return earOf(context, events);
}

function earOf(context: AudioContext, events: EarEvents): Ear {
  const node = new AudioWorkletNode(context, earProcessorName, {
    numberOfInputs: 2,
    numberOfOutputs: 1,
    outputChannelCount: [1],
  });
  const sources: (MediaStreamAudioSourceNode | undefined)[] = [];
  /** By request: who waits for an answer. A closed ear answers nobody, so nobody is kept waiting for ever. */
  const waiting = new Map<number, (report: EarReport) => void>();
  let lastId = 0;
  node.port.addEventListener('message', ({ data }) => {
    const report = data as EarReport;
    if (report.type === 'level') events.level(report.level);
    else if (report.type === 'onset') events.onset(report.onset);
    else waiting.get(report.id)?.(report);
  });
  node.port.start();
  const letBe = keepRunning(context, events.stopped);
  const tell = (command: EarCommand) => node.port.postMessage(command);
  const connect = (input: number, stream: MediaStream | null) => {
    sources[input]?.disconnect();
    sources[input] = undefined;
    if (!stream || stream.getAudioTracks().length === 0 || context.state === 'closed') return;
    sources[input] = context.createMediaStreamSource(stream);
    sources[input].connect(node, 0, input);
  };

  return {
    setMicrophone: (stream) => connect(0, stream),
    setVoice: (stream) => connect(1, stream),
    look(since) {
      const id = (lastId += 1);
      const { promise, resolve } = Promise.withResolvers<Heard>();
      waiting.set(id, (report) => {
        waiting.delete(id);
        if (report.type === 'looked') resolve(report.heard);
      });
      tell({ type: 'look', id, since });
      return promise;
    },
    deliver(from, take) {
      const id = (lastId += 1);
      const { promise, resolve } = Promise.withResolvers<number>();
      waiting.set(id, (report) => {
        if (report.type === 'frame') take(report.frame);
        if (report.type !== 'stopped') return;
        waiting.delete(id);
        resolve(report.position);
      });
      tell({ type: 'deliver', id, from });
      return {
        stop() {
          tell({ type: 'stop', id });
          return promise;
        },
      };
    },
    catchUp(from, speed) {
      const id = (lastId += 1);
      const { promise, resolve } = Promise.withResolvers<void>();
      const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
      node.connect(destination);
      waiting.set(id, () => resolve());
      tell({ type: 'catch-up', id, from, speed });
      let isOpen = true;
      return {
        track: destination.stream.getAudioTracks()[0] as MediaStreamTrack,
        caughtUp: promise,
        close() {
          if (!isOpen) return;
          isOpen = false;
          waiting.delete(id);
          tell({ type: 'silence', id });
          node.disconnect(destination);
          for (const track of destination.stream.getTracks()) track.stop();
        },
      };
    },
    close() {
      letBe();
      for (const source of sources) source?.disconnect();
      node.port.close();
      waiting.clear();
      if (context.state !== 'closed') void context.close();
    },
  };
}
