/**
 * Those that ours is compared with, in one page: OpenAI's Agents SDK as it is published, over both its transports, with
 * the least that its documentation leaves to the application; and a page with the steps of OpenAI's realtime console in
 * their order. Nothing of them knows that it is measured.
 */
import {
  OpenAIRealtimeWebRTC,
  OpenAIRealtimeWebSocket,
  RealtimeAgent,
  RealtimeSession,
  type OpenAIRealtimeBase,
} from '@openai/agents-realtime';
import { unixMs } from '../clock.ts';
import { framesOf } from './frames.ts';
import { MainThreadPlayer } from './main-thread-player.ts';
import './offline-ear.ts';

export type PeerName = 'console' | 'agents' | 'agents-socket' | 'bare';

export interface Started {
  /** Unix milliseconds: the click, and what the peer itself calls connected. */
  clickedAt: number;
  readyAt: number;
}

interface Running {
  types(text: string): void;
  close(): void;
}

declare global {
  interface Window {
    /** `provider`: `http://127.0.0.1:PORT/v1`. Resolves when the peer is ready. */
    startPeer(name: PeerName, provider: string): Promise<Started>;
    peer: Running;
  }
}

const starts: Record<PeerName, (provider: string) => Promise<Running>> = {
  console: startConsole,
  agents: startAgents,
  'agents-socket': startAgentsSocket,
  bare: startBare,
};

window.startPeer = async (name, provider) => {
  const clickedAt = unixMs();
  window.peer = await starts[name](provider);
  return { clickedAt, readyAt: unixMs() };
};

/** The page's own server mints, as the peers' examples have it. */
async function token(): Promise<string> {
  const { value } = (await (await fetch('/token')).json()) as { value: string };
  return value;
}

function speaker(): HTMLAudioElement {
  const audio = document.body.appendChild(document.createElement('audio'));
  audio.autoplay = true;
  return audio;
}

/** Each step waits for the one before: token, peer connection, microphone, track and channel, offer, answer. */
async function startConsole(provider: string): Promise<Running> {
  const key = await token();
  const connection = new RTCPeerConnection();
  const audio = speaker();
  connection.addEventListener('track', ({ streams }) => {
    audio.srcObject = streams[0] ?? null;
  });
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  connection.addTrack(microphone.getTracks()[0]!);
  const channel = connection.createDataChannel('oai-events');
  const active = new Promise<void>((resolve) => channel.addEventListener('open', () => resolve()));
  const offer = await connection.createOffer();
  await connection.setLocalDescription(offer);
  const response = await fetch(`${provider}/realtime/calls?model=gpt-realtime`, {
    method: 'POST',
    body: offer.sdp ?? '',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/sdp' },
  });
  await connection.setRemoteDescription({ type: 'answer', sdp: await response.text() });
  await active;
  return {
    types: (text) => {
      const content = [{ type: 'input_text', text }];
      channel.send(
        JSON.stringify({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } }),
      );
      channel.send(JSON.stringify({ type: 'response.create' }));
    },
    close: () => {
      for (const track of microphone.getTracks()) track.stop();
      connection.close();
    },
  };
}

async function connectAgents(transport: OpenAIRealtimeBase): Promise<RealtimeSession> {
  const session = new RealtimeSession(new RealtimeAgent({ name: 'Guide' }), { transport });
  session.on('error', ({ error }) => console.warn('agents:', error));
  await session.connect({ apiKey: token });
  return session;
}

async function startAgents(provider: string): Promise<Running> {
  const transport = new OpenAIRealtimeWebRTC({ baseUrl: `${provider}/realtime/calls`, audioElement: speaker() });
  const session = await connectAgents(transport);
  return { types: (text) => session.sendMessage(text), close: () => session.close() };
}

/** Microphone and loudspeaker are the application's over WebSocket; it opens the microphone when it is connected. */
async function startAgentsSocket(provider: string): Promise<Running> {
  const url = `${provider.replace(/^http/, 'ws')}/realtime?model=gpt-realtime`;
  const transport = new OpenAIRealtimeWebSocket({ url });
  const player = new MainThreadPlayer(speaker());
  transport.on('audio', ({ data }) => player.play(data));
  transport.on('audio_interrupted', () => player.clear());
  const session = await connectAgents(transport);
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  await framesOf(microphone, (frame) => session.sendAudio(frame.buffer as ArrayBuffer));
  return {
    types: (text) => session.sendMessage(text),
    close: () => {
      for (const track of microphone.getTracks()) track.stop();
      player.close();
      session.close();
    },
  };
}

/** Nothing but a microphone and a worklet that sees its frames, both opened at once: the limit of any page. */
async function startBare(): Promise<Running> {
  const context = new AudioContext({ sampleRate: 24_000 });
  const [microphone] = await Promise.all([
    navigator.mediaDevices.getUserMedia({ audio: true }),
    context.audioWorklet.addModule('/bench-frames.js'),
  ]);
  const node = new AudioWorkletNode(context, 'bench-frames', { numberOfOutputs: 0 });
  const first = new Promise<void>((resolve) => node.port.addEventListener('message', () => resolve(), { once: true }));
  node.port.start();
  context.createMediaStreamSource(microphone).connect(node);
  await first;
  return {
    types: () => undefined,
    close: () => {
      for (const track of microphone.getTracks()) track.stop();
      void context.close();
    },
  };
}
