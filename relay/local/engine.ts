import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { loadOpus, type Opus } from './audio/opus.ts';
import { FaultBook, type FaultControl } from './faults/book.ts';
import { withFaults } from './faults/http-faults.ts';
import type { Transport } from './faults/kind.ts';
import { createHearing, type Hearing } from './hearing/hearing.ts';
import { createApp } from './http/app.ts';
import { Authority } from './http/authority.ts';
import { HttpRefusal } from './http/refusal.ts';
import { openGate, type Gate } from './line/gate.ts';
import { createMind, type Mind } from './mind/mind.ts';
import { Call } from './peer/call.ts';
import type { CreatePeer } from './peer/peer.ts';
import { isWebSocket, Sockets } from './socket/sockets.ts';
import { systemClock, type Clock } from './session/clock.ts';
import type { SessionConfig } from './session/config.ts';
import { createIds } from './session/ids.ts';
import { createSpeaking, type Speaking } from './speaking/speaking.ts';

/** Each call has its own codecs and pacing on one thread. */
const MAX_CALLS = 8;
const REQUEST_LIMIT_MS = 10_000;

export interface EngineOptions {
  /** The standard key that mints ephemeral ones; null takes any. */
  key: string | null;
  /** 0 takes a free one. */
  port?: number;
  hearing?: Hearing;
  speaking?: Speaking;
  mind?: Mind;
  /** Makes ids that are the same in every run. */
  seed?: number;
  clock?: Clock;
  /** What stands between the session and the client of each call. */
  createGate?: () => Gate;
  /** Lets it be made to misbehave: by {@link Engine.faults}, and by HTTP under `/control` with the standard key. */
  control?: boolean;
  log?: (line: string) => void;
}

export interface Engine {
  /** `http://127.0.0.1:PORT/v1` */
  baseUrl: string;
  /** Null without the option `control`. */
  faults: FaultControl | null;
  close(): Promise<void>;
}

/**
 * Starts the local engine in this process: a Realtime API on 127.0.0.1 that answers by itself. Resolves when it takes
 * calls; the recogniser may still be loading. `log` gets one line for each part that is missing.
 * Not in a worker thread: the WebRTC library aborts the process there. And it keeps a process alive that has had a call,
 * until `process.exit`.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  let closing = false;
  // What stops loading because everything stops is not missing.
  const log = (line: string): void => {
    if (!closing) options.log?.(line);
  };
  const speaking = options.speaking ?? createSpeaking({ log });
  const hearing = options.hearing ?? createHearing({ log, voice: speaking });
  const mind = options.mind ?? createMind();
  const { clock = systemClock, createGate = () => openGate } = options;
  const ids = createIds(options.seed);
  const faults = options.control ? new FaultBook(clock, options.seed) : undefined;
  const gateOf = (id: string, transport: Transport): Gate => faults?.open(id, transport, createGate()) ?? createGate();
  const [opus, createPeer] = await Promise.all([
    orMissing(loadOpus(), 'Opus (libopus-wasm)', log),
    orMissing(loadPeer(), 'WebRTC (node-datachannel)', log),
  ]);
  void hearing.ready.then(({ missing }) => missing.forEach((part) => log(`Hearing is missing ${part}.`)));
  void speaking.ready.then(({ missing }) => missing.forEach((part) => log(`Speaking is missing ${part}.`)));

  const calls = new Map<string, Call>();
  const requireRoom = (): void => {
    if (calls.size + sockets.size < MAX_CALLS) return;
    throw new HttpRefusal(
      429,
      'rate_limit_exceeded',
      `The local engine takes ${MAX_CALLS} calls at once. Hang one up first.`,
    );
  };
  const open = async (
    offer: string,
    config: SessionConfig,
    channelId?: number,
  ): Promise<{ id: string; answer: string }> => {
    const { createEncoder, createDecoder, peer } = needed(opus, createPeer);
    requireRoom();
    const id = `rtc_${randomBytes(16).toString('hex')}`;
    const call = new Call({
      config,
      hearing,
      speaking,
      mind,
      log,
      clock,
      ids,
      gate: gateOf(id, 'webrtc'),
      createPeer: peer,
      opus: { createEncoder, createDecoder },
      ...(channelId === undefined ? {} : { channelId }),
      onClosed: () => calls.delete(id),
    });
    calls.set(id, call);
    return { id, answer: await call.accept(offer) };
  };
  const hangUp = (id: string): boolean => {
    const call = calls.get(id);
    call?.close();
    return call !== undefined;
  };

  const authority = new Authority(options.key, clock, ids);
  const findCall = (id: string): Call | undefined => calls.get(id);
  const socketGate = (): Gate => gateOf(`ws_${randomBytes(16).toString('hex')}`, 'websocket');
  const parts = { hearing, speaking, mind, log, clock, ids, createGate: socketGate };
  const sockets = new Sockets({ ...parts, authority, requireRoom, findCall });
  const app = createApp({ authority, switchboard: { open, hangUp }, log, ...(faults ? { faults } : {}) });
  // Clients that would rather speak HTTP/2 offer that as an upgrade too, with ordinary requests.
  const serverOptions = { shouldUpgradeCallback: isWebSocket };
  const server = createAdaptorServer({ fetch: app.fetch, hostname: '127.0.0.1', serverOptions });
  server.on('upgrade', faults ? withFaults(faults, sockets.upgrade) : sockets.upgrade);
  if ('headersTimeout' in server) {
    server.headersTimeout = REQUEST_LIMIT_MS;
    server.requestTimeout = REQUEST_LIMIT_MS;
  }
  const listening = new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  await listening.catch(async (error: unknown) => {
    closing = true;
    await Promise.all([hearing.close(), speaking.close()]);
    throw error;
  });
  const { port } = server.address() as AddressInfo;

  const close = async (): Promise<void> => {
    closing = true;
    faults?.close();
    for (const call of calls.values()) call.close();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await sockets.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
    await closed;
    await Promise.all([hearing.close(), speaking.close()]);
  };
  return { baseUrl: `http://127.0.0.1:${port}/v1`, faults: faults ?? null, close };
}

/** Loaded late: where there is no binary for the platform, everything else should still start and say so. */
async function loadPeer(): Promise<CreatePeer> {
  const { createNativePeer } = await import('./peer/native-peer.ts');
  return createNativePeer;
}

async function orMissing<T>(part: Promise<T>, name: string, log: (line: string) => void): Promise<T | null> {
  try {
    return await part;
  } catch (error) {
    log(`${name} could not be loaded, so no call can be taken: ${error instanceof Error ? error.message : 'unknown'}`);
    return null;
  }
}

function needed(opus: Opus | null, peer: CreatePeer | null): Opus & { peer: CreatePeer } {
  if (opus && peer) return { ...opus, peer };
  throw new HttpRefusal(
    503,
    null,
    'The local engine cannot take calls: a part of it is missing. Its log says which.',
    'server_error',
  );
}
