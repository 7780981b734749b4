/** The benchmark's engine, seen from the process that measures. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { readWav } from '../../../relay/local/audio/wav.ts';

/** What passed in one call. Times are Unix milliseconds, texts are events without their sound. */
export interface CallLog {
  openedAt: number;
  down: { at: number; text: string }[];
  /** `bytes`: of base64 sound. */
  up: { at: number; text: string; bytes: number }[];
  /** The assistant's voice on WebSocket: PCM16 at 24 kHz. */
  voice: { itemId: string; base64: string }[];
}

/** Sound of the person that entered the session's input, 16 kHz, with the time it came. */
export interface HeardPiece {
  at: number;
  samples: Float32Array;
}

export type EngineTold =
  | { type: 'listening'; baseUrl: string }
  | { type: 'log'; line: string }
  | { type: 'event'; call: number; event: string }
  | { type: 'answer'; id: number; value: unknown };

export interface BenchEngine {
  /** `http://127.0.0.1:PORT/v1` */
  baseUrl: string;
  port: number;
  /** The standard key. */
  key: string;
  /** How many calls have begun so far. */
  calls(): Promise<number>;
  /** Of a call by its number; the last without one. */
  log(call?: number): Promise<CallLog>;
  heard(call?: number): Promise<HeardPiece[]>;
  /** All that the last call's input holds, 16 kHz, by the engine's control API. */
  input(): Promise<Float32Array>;
  /** Resolves when a call that begins from now on has sent this event. */
  nextEvent(event: string, timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** `says`: the answer to everything; empty for the engine's own mind. */
export async function startBenchEngine(says: string, log: (line: string) => void): Promise<BenchEngine> {
  const key = `sk-bench-${randomBytes(16).toString('hex')}`;
  const child = fork(fileURLToPath(new URL('./engine-child.ts', import.meta.url)), [], {
    env: { ...process.env, OPENAI_API_KEY: undefined, PARLEY_BENCH_KEY: key, PARLEY_BENCH_SAYS: says },
    serialization: 'advanced',
    execArgv: [],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const waiting = new Map<number, (value: unknown) => void>();
  const watching = new Set<(event: string) => void>();
  const listening = Promise.withResolvers<string>();
  child.on('message', (told: EngineTold) => {
    if (told.type === 'listening') listening.resolve(told.baseUrl);
    if (told.type === 'log') log(told.line);
    if (told.type === 'event') for (const see of watching) see(told.event);
    if (told.type === 'answer') waiting.get(told.id)?.(told.value);
  });
  void gone.then(() => listening.reject(new Error('The engine did not start.')));
  const baseUrl = await listening.promise;

  let asked = 0;
  const ask = <T>(what: string, call = -1): Promise<T> =>
    new Promise((resolve) => {
      const id = (asked += 1);
      waiting.set(id, (value) => {
        waiting.delete(id);
        resolve(value as T);
      });
      child.send({ id, ask: what, call });
    });
  return {
    baseUrl,
    port: Number(new URL(baseUrl).port),
    key,
    calls: () => ask('calls'),
    log: (call) => ask('log', call),
    heard: (call) => ask('heard', call),
    async input() {
      const control = (path: string) =>
        fetch(`${new URL(baseUrl).origin}/control/${path}`, { headers: { authorization: `Bearer ${key}` } });
      const { calls } = (await (await control('calls')).json()) as { calls: { id: string }[] };
      const last = calls.at(-1);
      if (!last) throw new Error('The engine has no call whose input could be read.');
      const { samples } = readWav(new Uint8Array(await (await control(`calls/${last.id}/sound`)).arrayBuffer()));
      return samples;
    },
    nextEvent: (event, timeoutMs = 15_000) =>
      new Promise((resolve, reject) => {
        const stop = (): void => {
          clearTimeout(timer);
          watching.delete(see);
        };
        const see = (came: string): void => {
          if (came !== event) return;
          stop();
          resolve();
        };
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`The engine did not send ${event} within ${timeoutMs} ms.`));
        }, timeoutMs);
        watching.add(see);
      }),
    close: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
