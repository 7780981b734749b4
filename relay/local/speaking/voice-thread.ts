import { Worker } from 'node:worker_threads';
import type { Clause, FromVoice, Speech } from './messages.ts';

/** Far beyond the slowest clause; a synthesiser that needs longer hangs and is replaced. */
const LONGEST_MS = 20_000;

interface Job {
  id: number;
  clause: Clause;
  resolve(speech: Speech): void;
  reject(error: Error): void;
}

const aborted = () => new DOMException('The clause was not wanted any more.', 'AbortError');

/**
 * A synthesiser in a thread of its own, one clause at a time: synthesis blocks, and the main thread paces the sound of a
 * call. The thread starts when first needed and again after a crash.
 */
export class VoiceThread {
  readonly #file: URL;
  readonly #queue: Job[] = [];
  #running: Job | null = null;
  #worker: Worker | null = null;
  #started: PromiseWithResolvers<void> | null = null;
  #deadline: NodeJS.Timeout | undefined;
  #ids = 0;
  #closed = false;

  constructor(file: URL) {
    this.#file = file;
  }

  /** Resolves when the voice can speak; rejects with an Error that says why it cannot. */
  start(): Promise<void> {
    if (this.#closed) return Promise.reject(new Error('The voice was closed.'));
    if (this.#started) return this.#started.promise;
    const started = (this.#started = Promise.withResolvers<void>());
    started.promise.catch(() => undefined);
    const worker = (this.#worker = new Worker(this.#file, { name: 'voice', execArgv: [] }));
    worker.on('message', (message: FromVoice) => {
      if (message.kind === 'ready') started.resolve();
      else if (message.kind === 'failed') started.reject(new Error(message.reason));
      else this.#answer(message);
    });
    worker.on('error', (error) => this.#lost(worker, error instanceof Error ? error.message : String(error)));
    worker.on('exit', (code) => this.#lost(worker, `exit code ${code}`));
    return started.promise;
  }

  speak(clause: Clause, signal?: AbortSignal): Promise<Speech> {
    if (signal?.aborted) return Promise.reject(aborted());
    const { promise, resolve, reject } = Promise.withResolvers<Speech>();
    const job: Job = { id: ++this.#ids, clause, resolve, reject };
    const abort = () => {
      const index = this.#queue.indexOf(job);
      if (index >= 0) this.#queue.splice(index, 1);
      // A clause in the making is finished and dropped; that takes less time than a new thread.
      reject(aborted());
    };
    signal?.addEventListener('abort', abort, { once: true });
    this.#queue.push(job);
    void this.#next();
    return promise.finally(() => signal?.removeEventListener('abort', abort));
  }

  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    if (worker) this.#lost(worker, 'closed');
    for (const job of this.#queue.splice(0)) job.reject(aborted());
    await worker?.terminate();
  }

  async #next(): Promise<void> {
    if (this.#running) return;
    const job = (this.#running = this.#queue.shift() ?? null);
    if (!job) return;
    try {
      await this.start();
    } catch (error) {
      this.#settle(job, () => job.reject(error as Error));
      return;
    }
    // The thread may have been lost, and the job with it, while it started.
    if (this.#running !== job) return;
    this.#deadline = setTimeout(() => {
      if (this.#worker) this.#lost(this.#worker, `no answer in ${LONGEST_MS / 1000} s`);
    }, LONGEST_MS);
    this.#worker?.postMessage({ id: job.id, clause: job.clause });
  }

  #answer(message: Extract<FromVoice, { id: number }>): void {
    const job = this.#running;
    if (!job || job.id !== message.id) return;
    this.#settle(job, () => {
      if (message.kind === 'spoken') job.resolve(message.speech);
      else job.reject(new Error(message.reason));
    });
  }

  #settle(job: Job, how: () => void): void {
    if (this.#running !== job) return;
    clearTimeout(this.#deadline);
    this.#running = null;
    how();
    void this.#next();
  }

  #lost(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return;
    const error = this.#closed ? aborted() : new Error(`The voice stopped (${reason}).`);
    this.#worker = null;
    this.#started?.reject(error);
    this.#started = null;
    void worker.terminate();
    const job = this.#running;
    if (job) this.#settle(job, () => job.reject(error));
  }
}
