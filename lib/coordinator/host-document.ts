/** The offscreen document's life, as the coordinator manages it. */
import { sendCommand } from '../link/request.ts';
import { FaultError } from '../protocol/faults.ts';
import { closeHostDocument, createHostDocument, hostExists } from './chrome-only.ts';

const readyDeadlineMs = 5_000;
const pingEveryMs = 50;

/** One change of life at a time: a start must not meet a document that is being closed. */
let queue: Promise<unknown> = Promise.resolve();

export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = queue.then(work, work);
  queue = next.catch(() => undefined);
  return next;
}

/**
 * Resolves when the document exists and answers. It may exist before its script listens, so existing is no proof.
 * Throws `host-stopped` after 5 s.
 */
export async function ensureHost(): Promise<void> {
  if (!(await hostExists())) await createHostDocument();
  const deadline = Date.now() + readyDeadlineMs;
  while (Date.now() < deadline) {
    try {
      await sendCommand({ type: 'ping' }, 1_000);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pingEveryMs));
    }
  }
  throw new FaultError('host-stopped', 'the call document does not answer');
}

/** Closes the document unless a call runs in it. Closing releases the microphone whatever else went wrong. */
export async function retireHost(): Promise<void> {
  if (!(await hostExists())) return;
  const mayClose = await sendCommand({ type: 'retire' }, 1_000).catch(() => true);
  if (mayClose === true) await closeHostDocument();
}

export { hostExists };
