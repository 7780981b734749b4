/** The local engine in a child process: started, watched, started again when it crashes, ended with the relay. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';

/** What the engine's process tells its parent. */
export type EngineMessage = { type: 'listening'; baseUrl: string } | { type: 'log'; line: string };

const START_LIMIT_MS = 15_000;
const STOP_LIMIT_MS = 1500;
/** More crashes than this within a minute are no accident. */
const RESTARTS_PER_MINUTE = 3;

/**
 * For glibc's allocator; others do not look at it. V8 compiles the models' runtime in short-lived pieces of 32 KB and more,
 * 200 MB of which glibc would keep; mapped one by one they go back to the system.
 */
const LEAN_MALLOC = { MALLOC_MMAP_THRESHOLD_: '32768' };

export interface LocalEngine {
  /** `http://127.0.0.1:PORT/v1`, to be used like OpenAI's. Stays the same when the engine is started again. */
  baseUrl: string;
  /** The standard key. */
  key: string;
  /** Of the process that runs now. */
  pid(): number | undefined;
  /** Resolves when the process is gone, within 2 s. Harmless when called twice. */
  close(): Promise<void>;
}

export interface LocalEngineOptions {
  log?: (line: string) => void;
  /** Lets it be made to misbehave and be listened to, under `/control` with its key. */
  control?: boolean;
}

/** Rejects when the engine does not come up within 15 s, with what it said last. */
export async function startLocalEngine(options: LocalEngineOptions = {}): Promise<LocalEngine> {
  const { log = () => {} } = options;
  const key = `sk-local-${randomBytes(32).toString('base64url')}`;
  const environment = options.control ? { PARLEY_ENGINE_CONTROL: '1' } : {};
  const start = (port: number): Promise<EngineProcess> =>
    startProcess({ ...environment, PARLEY_ENGINE_KEY: key, PARLEY_ENGINE_PORT: String(port) }, log);
  let current = await start(0);
  const { baseUrl } = current;
  const port = Number(new URL(baseUrl).port);
  let closing: Promise<void> | undefined;
  const crashes: number[] = [];

  const keepRunning = async (): Promise<void> => {
    for (;;) {
      await current.gone;
      if (closing) return;
      const now = Date.now();
      crashes.push(now);
      if (crashes.filter((at) => now - at < 60_000).length > RESTARTS_PER_MINUTE) {
        throw new Error('The local engine crashes again and again: start the relay again to make calls.');
      }
      log('The local engine stopped and is started again.');
      current = await start(port);
      // Closed while it was being started again.
      if (closing) return current.close();
    }
  };
  keepRunning().catch((error: unknown) => log(error instanceof Error ? error.message : String(error)));

  return {
    baseUrl,
    key,
    pid: () => current.pid,
    close: () => (closing ??= current.close()),
  };
}

interface EngineProcess {
  baseUrl: string;
  pid: number | undefined;
  gone: Promise<void>;
  close(): Promise<void>;
}

async function startProcess(environment: Record<string, string>, log: (line: string) => void): Promise<EngineProcess> {
  const child = fork(fileURLToPath(new URL('./main.ts', import.meta.url)), [], {
    // It answers by itself: nobody else's key is its business.
    env: {
      ...LEAN_MALLOC,
      ...process.env,
      OPENAI_API_KEY: undefined,
      ...environment,
    },
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
  const close = async (): Promise<void> => {
    child.kill('SIGTERM');
    const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    await gone;
    clearTimeout(limit);
  };
  try {
    const baseUrl = await new Promise<string>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error('it did not start in time')), START_LIMIT_MS);
      limit.unref();
      child.on('message', (message: EngineMessage) => {
        if (message.type === 'log') return log(message.line);
        clearTimeout(limit);
        resolve(message.baseUrl);
      });
      void gone.then(() => reject(new Error('its process ended')));
    });
    return { baseUrl, pid: child.pid, gone, close };
  } catch (error) {
    await close();
    const reason = error instanceof Error ? error.message : 'unknown';
    throw new Error(`The local engine could not be started: ${reason}. ${lastWords.trim()}`.trim(), { cause: error });
  }
}
