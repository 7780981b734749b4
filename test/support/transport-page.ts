/**
 * Our transports in a page, driven from outside as a call would drive them. What they tell is handed out as it comes; what
 * they open is counted.
 */
import { decodePcm, encodePcm } from '../../lib/audio/base64.ts';
import { faultOf, type Fault } from '../../lib/protocol/faults.ts';
import type { ConnectRequest, Prepared, Transport } from '../../lib/transport/transport.ts';
import { createWays } from '../../lib/transport/list.ts';

export type LineRequest = Pick<ConnectRequest, 'offer' | 'grant' | 'relay'>;

export interface PageLine {
  /** Resolves with what went wrong, null when it is open. Giving up is `internal`. */
  open(request: LineRequest): Promise<Fault | null>;
  /** While it opens. */
  giveUp(): void;
  /** Prepares the kind of line that is opened next. */
  prepare(kind: string): void;
  send(text: string): Fault | null;
  /** The microphone's track on the line, or none. */
  useTrack(on: boolean): Promise<void>;
  /** PCM16 at 24 kHz as base64, into the microphone; resolves when all of it was said. */
  speak(base64: string): Promise<void>;
  /** The same as events, in frames of 200 ms. */
  append(base64: string): void;
  facts(): { carriesTrack: boolean; backlog: number; starved: number };
  close(): void;
  /** Of all that was made: how many connections, sockets and sound contexts are not closed. */
  notClosed(): number;
}

declare global {
  interface Window {
    /** From outside: `message` with its text, `opened`, `steady`, `lost` with the fault as JSON. */
    told(what: string, text: string): void;
    line: PageLine;
  }
}

const context = new AudioContext({ sampleRate: 24_000 });
const microphone = context.createMediaStreamDestination();
const frame = 4800;

const made: (() => boolean)[] = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    made.push(() => this.signalingState === 'closed');
  }
};
window.WebSocket = class extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    made.push(() => this.readyState === WebSocket.CLOSED);
  }
};
window.AudioContext = class extends AudioContext {
  constructor(options?: AudioContextOptions) {
    super(options);
    made.push(() => this.state === 'closed');
  }
};

const ways = createWays('/worklet.js');
let prepared: Prepared | undefined;
let life = new AbortController();
let transport: Transport | null = null;

/** In the document, where the test listens to it. */
function hear(stream: MediaStream): void {
  document.querySelector('audio')?.remove();
  const audio = document.body.appendChild(document.createElement('audio'));
  audio.autoplay = true;
  audio.srcObject = stream;
}

window.line = {
  async open({ offer, grant, relay }) {
    life = new AbortController();
    const events = {
      message: (text: string) => window.told('message', text),
      voice: hear,
      steady: (steady: boolean) => window.told('steady', String(steady)),
      lost: (fault: Fault) => window.told('lost', JSON.stringify(fault)),
    };
    const request = { offer, grant, relay, events, signal: life.signal, ...(prepared ? { prepared } : {}) };
    prepared = undefined;
    try {
      transport = await ways[offer.kind]!.connect(request);
      window.told('opened', '');
      return null;
    } catch (error) {
      return faultOf(error);
    }
  },
  giveUp: () => life.abort(),
  prepare(kind) {
    prepared = ways[kind]?.prepare?.();
  },
  send(text) {
    try {
      transport?.send(text);
      return null;
    } catch (error) {
      return faultOf(error);
    }
  },
  async useTrack(on) {
    await transport?.setTrack(on ? (microphone.stream.getAudioTracks()[0] ?? null) : null);
  },
  speak(base64) {
    const samples = Float32Array.from(decodePcm(base64) ?? [], (sample) => sample / 0x8000);
    const buffer = context.createBuffer(1, samples.length, 24_000);
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(microphone);
    source.start();
    return new Promise((resolve) => {
      source.addEventListener('ended', () => resolve());
    });
  },
  append(base64) {
    const samples = decodePcm(base64) ?? new Int16Array(0);
    for (let at = 0; at < samples.length; at += frame) {
      const audio = encodePcm(samples.slice(at, at + frame));
      transport?.send(JSON.stringify({ type: 'input_audio_buffer.append', audio }));
    }
  },
  facts: () => ({
    carriesTrack: transport?.carriesTrack ?? false,
    backlog: transport?.backlog ?? 0,
    starved: (transport as { starved?: number } | null)?.starved ?? 0,
  }),
  close: () => transport?.close(),
  notClosed: () => made.filter((closed) => !closed()).length,
};
