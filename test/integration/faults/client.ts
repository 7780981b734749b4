/** A client that takes whatever comes, the same over WebRTC and WebSocket: for faults that both have to show. */
import { WebSocket } from 'ws';
import type { Transport } from '../../../relay/local/faults/kind.ts';
import { RealtimePeer, mint, type ServerEvent } from '../../support/realtime-peer.ts';

export interface TestEngine {
  baseUrl: string;
  key: string;
}

export interface TestClient {
  readonly transport: Transport;
  /** Everything that came, in order; bytes as `Buffer`, where the transport tells. */
  readonly messages: (string | Buffer)[];
  /** Of those, the ones that are objects with a type. */
  readonly events: ServerEvent[];
  /** How the events ended; null while they may come. */
  readonly ended: { code: number; reason: string } | null;
  /** Only on WebRTC. */
  readonly peer: RealtimePeer | null;
  send(event: ServerEvent): void;
  /** A spoken turn, with the pause that ends it. */
  speak(): Promise<void>;
  close(): void;
}

const RATE = 24_000;
const SESSION = {
  tools: [
    { type: 'function', name: 'read_page', description: 'Reads.', parameters: { type: 'object', properties: {} } },
  ],
  audio: { input: { transcription: { language: 'en' }, turn_detection: { type: 'server_vad' } } },
};

export async function dial(
  transport: Transport,
  engine: TestEngine,
  session: Record<string, unknown> = {},
): Promise<TestClient> {
  const key = await mint(engine, { ...SESSION, ...session });
  return transport === 'webrtc' ? dialPeer(engine, key) : dialSocket(engine, key);
}

/** Waits for a state; fails with what came when it does not. */
export async function until<Value>(
  look: () => Value | Promise<Value>,
  what: string,
  client?: TestClient,
): Promise<NonNullable<Value>> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) {
      throw new Error(`Waited for ${what}; came: ${client?.events.map(({ type }) => type).join(', ') ?? ''}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The first event of a type from index `from` on. */
export async function event(client: TestClient, type: string, from = 0): Promise<ServerEvent & { index: number }> {
  const index = () => client.events.findIndex((each, at) => at >= from && each.type === type);
  await until(() => index() >= 0, type, client);
  return { ...client.events[index()]!, index: index() };
}

/** Asks in writing and has it answered. */
export function ask(client: TestClient, text = 'When does the next train leave?'): void {
  const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text }] };
  client.send({ type: 'conversation.item.create', item });
  client.send({ type: 'response.create' });
}

/** Everything sent before has been dealt with when its answer is here. */
export async function settled(client: TestClient): Promise<void> {
  const from = client.events.length;
  client.send({ type: 'conversation.item.retrieve', item_id: 'item_none' });
  await event(client, 'error', from);
}

export const types = (client: TestClient): string[] => client.events.map(({ type }) => type);

function keep(client: Pick<TestClient, 'messages' | 'events'>, message: string | Buffer): void {
  client.messages.push(message);
  try {
    const value = JSON.parse(String(message));
    if (typeof value?.type === 'string') client.events.push(value);
  } catch {
    // Not an event; kept as it came.
  }
}

async function dialPeer({ baseUrl }: TestEngine, key: string): Promise<TestClient> {
  const kept: Pick<TestClient, 'messages' | 'events'> = { messages: [], events: [] };
  const peer = await RealtimePeer.connect({
    baseUrl,
    key,
    onText: (text) => keep(kept, text),
    maxMessageSize: 16_000_000,
  });
  return {
    ...kept,
    transport: 'webrtc',
    peer,
    get ended() {
      return peer.closed ? { code: 0, reason: '' } : null;
    },
    send: (sent) => peer.send(sent),
    speak: async () => {
      await peer.say(noise(0.6));
    },
    close: () => peer.close(),
  };
}

async function dialSocket({ baseUrl }: TestEngine, key: string): Promise<TestClient> {
  const kept: Pick<TestClient, 'messages' | 'events'> = { messages: [], events: [] };
  const socket = openSocket(baseUrl, key);
  let ended: TestClient['ended'] = null;
  socket.on('message', (data: Buffer, isBinary) => keep(kept, isBinary ? data : String(data)));
  socket.on('close', (code, reason) => (ended = { code, reason: String(reason) }));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.on('error', () => {});
  const append = (samples: Int16Array): void => {
    const audio = Buffer.from(samples.buffer).toString('base64');
    socket.send(JSON.stringify({ type: 'input_audio_buffer.append', audio }));
  };
  return {
    ...kept,
    transport: 'websocket',
    peer: null,
    get ended() {
      return ended;
    },
    send: (sent) => socket.send(JSON.stringify(sent)),
    speak: async () => {
      append(noise(0.6));
      append(new Int16Array(RATE * 1.5));
    },
    close: () => socket.terminate(),
  };
}

export function openSocket(baseUrl: string, key: string): WebSocket {
  const url = `${baseUrl.replace('http', 'ws')}/realtime?model=gpt-realtime-2.1`;
  return new WebSocket(url, { headers: { authorization: `Bearer ${key}` } });
}

/** Loud, and the same at every run. */
function noise(seconds: number): Int16Array {
  let state = 42;
  return new Int16Array(Math.round(seconds * RATE)).map(() => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return (state / 2 ** 30 - 1) * 12_000;
  });
}
