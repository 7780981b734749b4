/**
 * Runs before anything else in the extension's offscreen document and in the peers' pages, the same in all: makes the
 * microphone as slow to open as a real one, leaves its sound alone, notes when things happen, records what is said and what
 * is heard, and keeps the main thread busy, each when asked to. It changes nothing else.
 */
import { unixMs } from '../clock.ts';
import { Given } from './given.ts';
import { sendRaw } from './raw-track.ts';
import { base64Of, Recorder } from './recorder.ts';

/** In localStorage under `bench`, as JSON. */
export interface Instruments {
  /** Added to the opening of the microphone, before it opens. */
  microphoneMs: number;
  /** Turns off what the browser does to the microphone, so that its sound can be compared with what was said. */
  plain: boolean;
  /** `both`: microphone and voice on one clock, the voice as the element plays it. `player`: the voice where it is made. */
  record: 'both' | 'player' | null;
  /** Keeps the main thread busy for so long, five times a second; 0: never. */
  stallMs: number;
  /** Sends the microphone's raw track to the engine too, beside what the page does with it. */
  rawTrack: RawTrack | null;
}

export interface RawTrack {
  /** `http://127.0.0.1:PORT/v1` */
  providerUrl: string;
  /** The engine's standard key. */
  key: string;
}

export interface Mark {
  name: 'microphone-asked' | 'microphone-open' | 'microphone-frames';
  /** Unix milliseconds. */
  at: number;
}

/** PCM16 as base64, `rate` samples a second, both from the same moment on. */
export interface Recording {
  rate: number;
  /** Unix milliseconds of the first sample. */
  at: number;
  microphone: string;
  voice: string;
  /** How loud the voice was made, from a sample on. */
  gains: { sample: number; gain: number }[];
}

export interface Bench {
  marks: Mark[];
  take(): Recording;
  /** Of the microphone's track alone, with `rawTrack`; `at` is exact here. */
  given(): Pick<Recording, 'rate' | 'at' | 'microphone'>;
}

declare global {
  interface Window {
    bench: Bench;
  }
}

const rate = 24_000;
const { microphoneMs, plain, record, stallMs, rawTrack } = {
  microphoneMs: 0,
  plain: false,
  record: null,
  stallMs: 0,
  rawTrack: null,
  ...(JSON.parse(localStorage.getItem('bench') ?? '{}') as Partial<Instruments>),
};

const marks: Mark[] = [];
const mark = (name: Mark['name'], at = unixMs()) => void marks.push({ name, at });

const UnwatchedNode = window.AudioWorkletNode;
let recorder = record === 'both' ? new Recorder() : null;
const given = new Given();
window.bench = {
  marks,
  given: () => ({ rate: given.rate, at: given.at, microphone: base64Of(given.blocks) }),
  take: () => recorder?.take() ?? { rate, at: 0, microphone: '', voice: '', gains: [] },
};

const untreated = { echoCancellation: false, noiseSuppression: false, autoGainControl: false, channelCount: 1 };

function deviceOf(constraints: MediaStreamConstraints | undefined): MediaTrackConstraints {
  const deviceId = typeof constraints?.audio === 'object' ? constraints.audio.deviceId : undefined;
  return deviceId === undefined ? {} : { deviceId };
}

const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (constraints) => {
  mark('microphone-asked');
  if (microphoneMs > 0) await new Promise((resolve) => setTimeout(resolve, microphoneMs));
  const stream = await open(plain ? { audio: { ...untreated, ...deviceOf(constraints) } } : constraints);
  mark('microphone-open');
  if (record === 'both') void recorder?.connect(0, stream);
  if (rawTrack) {
    void given.listen(stream.getAudioTracks()[0]!.clone());
    void sendRaw(stream, rawTrack);
  }
  return stream;
};

/** The shipped worklet tells how many frames of the microphone it has seen: the first such report dates the first frame. */
window.AudioWorkletNode = class extends UnwatchedNode {
  constructor(context: BaseAudioContext, name: string, options?: AudioWorkletNodeOptions) {
    super(context, name, options);
    const watch = ({ data }: MessageEvent<unknown>) => {
      const frames = framesIn(data);
      if (frames === 0) return;
      mark('microphone-frames', unixMs() - (frames / context.sampleRate) * 1000);
      this.port.removeEventListener('message', watch);
    };
    this.port.addEventListener('message', watch);
  }
};

function framesIn(data: unknown): number {
  if (typeof data !== 'object' || data === null) return 0;
  if ('microphoneFrames' in data && typeof data.microphoneFrames === 'number') return data.microphoneFrames;
  return Math.max(0, ...Object.values(data).map((value) => (ArrayBuffer.isView(value) ? 0 : framesIn(value))));
}

if (record === 'player') {
  const connect = AudioNode.prototype.connect as (this: AudioNode, ...to: unknown[]) => unknown;
  // Past the pipes between contexts, which stutter on a busy machine whoever fills them.
  AudioNode.prototype.connect = function (this: AudioNode, ...to: unknown[]): never {
    if (to[0] instanceof MediaStreamAudioDestinationNode) void (recorder ??= new Recorder(this.context)).tap(this);
    return connect.apply(this, to) as never;
  };
}

const media = HTMLMediaElement.prototype;
if (record === 'both') {
  watchSetter('srcObject', (element) => {
    if (!(element.srcObject instanceof MediaStream)) return;
    void recorder?.connect(1, element.srcObject);
    void recorder?.gain(loudnessOf(element));
  });
  watchSetter('volume', (element) => void recorder?.gain(loudnessOf(element)));
  watchSetter('muted', (element) => void recorder?.gain(loudnessOf(element)));
}

function loudnessOf(element: HTMLMediaElement): number {
  return element.muted ? 0 : element.volume;
}

function watchSetter(name: 'srcObject' | 'volume' | 'muted', see: (element: HTMLMediaElement) => void): void {
  const { get, set } = Object.getOwnPropertyDescriptor(media, name) ?? {};
  if (!get || !set) throw new Error(`There is no ${name} to watch.`);
  Object.defineProperty(media, name, {
    configurable: true,
    get,
    set(this: HTMLMediaElement, value: unknown) {
      set.call(this, value);
      see(this);
    },
  });
}

if (stallMs > 0) {
  setInterval(() => {
    const until = performance.now() + stallMs;
    while (performance.now() < until);
  }, 200);
}
