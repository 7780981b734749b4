import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';

/** What the engine's process tells its parent. */
export type EngineMessage = { type: 'listening'; baseUrl: string } | { type: 'log'; line: string };

const START_LIMIT_MS = 15_000;
const STOP_LIMIT_MS = 1500;

export interface LocalEngine {
  /** `http://127.0.0.1:PORT/v1`, to be used like OpenAI's. */
  baseUrl: string;
  /** The standard key. */
  key: string;
  /** Resolves when the process is gone, within 2 s. Harmless when called twice. */
  close(): Promise<void>;
}

/** Starts the local engine in a child process. Rejects when it does not come up within 15 s, with what it said last. */
export async function startLocalEngine(options: { log?: (line: string) => void } = {}): Promise<LocalEngine> {
  const log = options.log ?? (() => {});
  const key = `sk-local-${randomBytes(32).toString('base64url')}`;
  const child = fork(fileURLToPath(new URL('./main.ts', import.meta.url)), [], {
    // It answers by itself: nobody else's key is its business.
    env: { ...process.env, OPENAI_API_KEY: undefined, PARLEY_ENGINE_KEY: key },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: [],
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  let lastWords = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      lastWords = `${lastWords}${text}`.slice(-2000);
      for (const line of text.split('\n')) if (line.trim()) log(line.trimEnd());
    });
  }

  let closing: Promise<void> | undefined;
  let listening = false;
  child.once('exit', (code, signal) => {
    if (listening && !closing)
      log(`The local engine stopped (${signal ?? code}): start the relay again to make calls.`);
  });
  const close = (): Promise<void> => {
    closing ??= (async () => {
      child.kill('SIGTERM');
      const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await gone;
      clearTimeout(limit);
    })();
    return closing;
  };

  try {
    const baseUrl = await new Promise<string>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error('it did not start in time')), START_LIMIT_MS);
      limit.unref();
      child.on('message', (message: EngineMessage) => {
        if (message.type === 'log') log(message.line);
        else {
          clearTimeout(limit);
          resolve(message.baseUrl);
        }
      });
      void gone.then(() => reject(new Error('its process ended')));
    });
    listening = true;
    return { baseUrl, key, close };
  } catch (error) {
    await close();
    const reason = error instanceof Error ? error.message : 'unknown';
    throw new Error(`The local engine could not be started: ${reason}. ${lastWords.trim()}`.trim(), { cause: error });
  }
}
