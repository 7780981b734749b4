/** The store that several relays share: Valkey, Redis, or anything that speaks their protocol. Node only. */
import { createClient } from '@redis/client';
import type { Log } from '../log/log.ts';

/** Somebody waits for an answer, and there is an insurance; but one that is used in a mere rush lets too many through. */
const commandMs = 2000;
const connectMs = 2000;
const longestPauseMs = 3000;

export type Redis = ReturnType<typeof makeClient>;

/** Resolves at once and goes on trying to connect: a store that is down must not keep a relay from starting. */
export async function connectRedis(url: string, log: Log): Promise<Redis> {
  const client = makeClient(url);
  let down = false;
  client.on('error', (error: unknown) => {
    if (!down)
      log.error('limit-store', {
        message: 'The limit store is down: smaller limits hold meanwhile.',
        ...codeOf(error),
      });
    down = true;
  });
  client.on('ready', () => {
    if (down) log.info('limit-store', { message: 'The limit store is back.' });
    down = false;
  });
  const first = client.connect().catch(() => undefined);
  // Mostly it is there: then the first request finds it.
  await Promise.race([first, new Promise((resolve) => setTimeout(resolve, connectMs).unref())]);
  return client;
}

function makeClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: 10_000,
    commandOptions: { timeout: commandMs },
    socket: {
      connectTimeout: connectMs,
      reconnectStrategy: (tries) => Math.min(longestPauseMs, 50 * 2 ** Math.min(tries, 10)) + Math.random() * 100,
    },
  });
}

function codeOf(error: unknown): { code?: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return code === undefined ? {} : { code };
}
