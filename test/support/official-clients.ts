/**
 * OpenAI's own browser clients, for a page: each makes a call to the address it is given, finishes a turn, and reports
 * what came. Bundled by the test; nothing of it knows whom it talks to.
 */
import { RealtimeAgent, RealtimeSession, OpenAIRealtimeWebRTC as AgentsWebRTC, tool } from '@openai/agents-realtime';
import { OpenAIRealtimeWebRTC } from 'openai/realtime/webrtc';
import { z } from 'zod';

export interface ClientCall {
  /** `http://127.0.0.1:PORT/v1` */
  baseUrl: string;
  key: string;
  /** What the page tool returns. */
  toolOutput: string;
}

export interface ClientReport {
  /** Every server event as JSON text, in order. */
  events: string[];
  /** The loudest RMS of the remote track, 0..1. */
  loudest: number;
  connectMs: number;
  /** The client's own view of the conversation, where it keeps one. */
  history: string;
}

declare global {
  interface Window {
    openaiClient(call: ClientCall): Promise<ClientReport>;
    agentsClient(call: ClientCall): Promise<ClientReport>;
  }
}

const SETTLED_MS = 20_000;

/** Rejects after a while, so that a turn that never ends names itself. */
function within<T>(promise: Promise<T>, what: string): Promise<T> {
  const limit = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error(`${what} did not happen`)), SETTLED_MS);
  });
  return Promise.race([promise, limit]);
}

/** Follows the loudness of what an audio element plays. */
function meter(stream: MediaStream): { loudest(): number } {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let loudest = 0;
  setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    loudest = Math.max(loudest, Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length));
  }, 50);
  return { loudest: () => loudest };
}

/** A spoken turn: the microphone's question, the tool, the answer to its last sound. */
window.openaiClient = async ({ baseUrl, key, toolOutput }) => {
  const client = new OpenAIRealtimeWebRTC();
  const events: string[] = [];
  const stream = new MediaStream();
  client.peerConnection.addEventListener('track', ({ track, streams }) => {
    // An answer without a stream id would leave `streams` empty, and every official sample silent.
    if (streams.length > 0) stream.addTrack(track);
  });
  const audio = document.body.appendChild(document.createElement('audio'));
  audio.autoplay = true;
  audio.srcObject = stream;
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  for (const track of microphone.getTracks()) client.peerConnection.addTrack(track, microphone);

  const answered = new Promise<void>((resolve) => {
    client.onEvent((event) => {
      events.push(JSON.stringify(event));
      if (event.type === 'response.output_item.done' && event.item.type === 'function_call') {
        const item = { type: 'function_call_output' as const, call_id: event.item.call_id ?? '', output: toolOutput };
        client.send({ type: 'conversation.item.create', item });
      }
      if (event.type === 'response.done' && event.response.output?.some((item) => item.type === 'function_call')) {
        client.send({ type: 'response.create' });
      }
      if (event.type === 'output_audio_buffer.stopped') resolve();
    });
  });
  const began = performance.now();
  await client.connect({
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
  });
  const connectMs = performance.now() - began;
  const level = meter(stream);
  await within(answered, 'the spoken answer');
  client.close();
  for (const track of microphone.getTracks()) track.stop();
  return { events, loudest: level.loudest(), connectMs, history: '' };
};

/** A typed turn through the SDK's session and agent, with a tool; then one that is interrupted. */
window.agentsClient = async ({ baseUrl, key, toolOutput }) => {
  const events: string[] = [];
  const audioElement = document.body.appendChild(document.createElement('audio'));
  audioElement.autoplay = true;
  const silence = new AudioContext().createMediaStreamDestination().stream;
  const transport = new AgentsWebRTC({ baseUrl: `${baseUrl}/realtime/calls`, mediaStream: silence, audioElement });
  const agent = new RealtimeAgent({
    name: 'Reader',
    instructions: 'Answer from the page.',
    tools: [
      tool({
        name: 'read_page',
        description: 'Reads the page in view.',
        parameters: z.object({}),
        execute: async () => toolOutput,
      }),
    ],
  });
  const session = new RealtimeSession(agent, { transport });
  let arrived = (): void => {};
  session.on('transport_event', (event) => {
    events.push(JSON.stringify(event));
    arrived();
  });
  const came = (type: string, from = 0): Promise<void> =>
    within(
      new Promise((resolve) => {
        arrived = () => {
          if (events.slice(from).some((event) => JSON.parse(event).type === type)) resolve();
        };
        arrived();
      }),
      type,
    );

  const began = performance.now();
  await session.connect({ apiKey: key });
  const connectMs = performance.now() - began;
  const level = meter(audioElement.srcObject as MediaStream);
  session.sendMessage('What time does the next train leave for London?');
  await came('output_audio_buffer.stopped');
  const second = events.length;
  session.sendMessage('Please summarize this page.');
  await came('output_audio_buffer.started', second);
  session.interrupt();
  await came('conversation.item.truncated', second);
  const history = JSON.stringify(session.history);
  session.close();
  return { events, loudest: level.loudest(), connectMs, history };
};
