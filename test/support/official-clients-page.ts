/**
 * OpenAI's own browser clients in a page. Bundled for the test, which drives them from outside; nothing of it knows
 * whom it talks to.
 */
import { RealtimeAgent, RealtimeSession, OpenAIRealtimeWebRTC as AgentsWebRTC, tool } from '@openai/agents-realtime';
import { OpenAIRealtimeWebRTC } from 'openai/realtime/webrtc';
import { z } from 'zod';
import type { HistoryItem, Wish } from './official-call.ts';

export interface PageCall extends Omit<Wish, 'key'> {
  /** `http://127.0.0.1:PORT/v1` */
  baseUrl: string;
  key: string;
}

/** What a test can have the client of a page do. */
export interface PageClient {
  types(text: string): void;
  interrupt(): void;
  send(event: any): void;
  history(): HistoryItem[] | null;
  close(): void;
}

declare global {
  interface Window {
    /** From outside: takes each event, as JSON text. */
    took(text: string): void;
    /** From outside: takes the body of each error, as JSON text. */
    erred(text: string): void;
    connectOpenai(call: PageCall): Promise<void>;
    connectAgents(call: PageCall): Promise<void>;
    client: PageClient;
    /** PCM16 at 24 kHz as base64, into the microphone; resolves when all of it was said. */
    speak(base64: string): Promise<void>;
  }
}

const voice = new AudioContext({ sampleRate: 24_000 });
const microphone = voice.createMediaStreamDestination();

window.speak = (base64) => {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const samples = Float32Array.from(new Int16Array(bytes.buffer), (sample) => sample / 0x8000);
  const buffer = voice.createBuffer(1, samples.length, 24_000);
  buffer.copyToChannel(samples, 0);
  const source = new AudioBufferSourceNode(voice, { buffer });
  source.connect(microphone);
  source.start();
  return new Promise((resolve) => {
    source.addEventListener('ended', () => resolve());
  });
};

/** In the document, where the test listens to it. */
function speaker(): HTMLAudioElement {
  document.querySelector('audio')?.remove();
  const audio = document.body.appendChild(document.createElement('audio'));
  audio.autoplay = true;
  return audio;
}

window.connectOpenai = async ({ baseUrl, key, toolOutput }) => {
  const client = new OpenAIRealtimeWebRTC();
  const audio = speaker();
  client.peerConnection.addEventListener('track', ({ streams: [stream] }) => {
    // An answer without a stream id would leave `streams` empty, and every official sample silent.
    if (stream) audio.srcObject = stream;
  });
  for (const track of microphone.stream.getTracks()) client.peerConnection.addTrack(track, microphone.stream);
  client.onEvent((event) => {
    window.took(JSON.stringify(event));
    if (event.type === 'error') window.erred(JSON.stringify(event.error));
    if (event.type === 'response.output_item.done' && event.item.type === 'function_call') {
      const { call_id: callId = '' } = event.item;
      client.send({
        type: 'conversation.item.create',
        item: { type: 'function_call_output', call_id: callId, output: toolOutput ?? '' },
      });
    }
    if (event.type === 'response.done' && event.response.output?.some((item) => item.type === 'function_call')) {
      client.send({ type: 'response.create' });
    }
  });
  let active = false;
  client.on('response.created', () => {
    active = true;
  });
  client.on('response.done', () => {
    active = false;
  });
  window.client = {
    types: (text) => {
      const item = {
        type: 'message' as const,
        role: 'user' as const,
        content: [{ type: 'input_text' as const, text }],
      };
      client.send({ type: 'conversation.item.create', item });
      client.send({ type: 'response.create' });
    },
    interrupt: () => {
      if (active) client.send({ type: 'response.cancel' });
      client.send({ type: 'output_audio_buffer.clear' });
    },
    send: (event) => client.send(event),
    history: () => null,
    close: () => client.close(),
  };
  await client
    .connect({
      exchangeSdp: async (offer, { signal }) => {
        const response = await fetch(`${baseUrl}/realtime/calls`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/sdp' },
          body: offer,
          signal,
        });
        if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
        return response.text();
      },
    })
    .catch((error: Error) => {
      throw new Error(`${error.message} ${String(error.cause)}`, { cause: error });
    });
};

window.connectAgents = async ({ baseUrl, key, answers, toolOutput }) => {
  const transport = new AgentsWebRTC({
    baseUrl: `${baseUrl}/realtime/calls`,
    mediaStream: microphone.stream,
    audioElement: speaker(),
  });
  const readPage = tool({
    name: 'read_page',
    description: 'Reads the page in view.',
    parameters: z.object({}),
    execute: async () => toolOutput,
  });
  const agent = new RealtimeAgent({
    name: 'Reader',
    instructions: 'Answer from the page.',
    tools: toolOutput === undefined ? [] : [readPage],
  });
  const session = new RealtimeSession(agent, {
    transport,
    config: { outputModalities: [answers ?? 'audio'] },
  });
  session.on('transport_event', (event) => window.took(JSON.stringify(event)));
  session.on('error', ({ error }) => {
    // The server's event, or something of the SDK's own.
    window.erred(JSON.stringify((error as { error?: unknown }).error ?? { message: String(error) }));
  });
  window.client = {
    types: (text) => session.sendMessage(text),
    interrupt: () => session.interrupt(),
    send: (event) => transport.sendEvent(event),
    history: () => session.history,
    close: () => session.close(),
  };
  await session.connect({ apiKey: key });
};
