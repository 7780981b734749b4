/** The offscreen document's life, as the coordinator manages it. */
import { sendCommand } from '../link/request.ts';
import { FaultError } from '../protocol/faults.ts';
import { closeHostDocument, createHostDocument, hostExists } from './chrome-only.ts';
import { createQueue } from './queue.ts';

const readyDeadlineMs = 5_000;
const pingEveryMs = 50;
/** The document answers when its last tone has sounded. */
const retireDeadlineMs = 3_000;

/** One change of life at a time: a start must not meet a document that is being closed. */
export const inTurn = createQueue();

/**
 * Resolves when the document exists and answers. It may exist before its script listens, so existing is no proof.
 * Throws `host-stopped` after 5 s.
 */
export async function ensureHost(): Promise<void> {
  if (!(await hostExists())) await createHostDocument();
  await hostListens();
}

/** A document that was just made has no ears yet. Throws `host-stopped` after 5 s. */
export async function hostListens(): Promise<void> {
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

/** Closes the document unless something is open in it. Closing releases the microphone whatever else went wrong. */
export async function retireHost(): Promise<void> {
  if (!(await hostExists())) return;
  const mayClose = await sendCommand({ type: 'retire' }, retireDeadlineMs).catch(() => true);
  if (mayClose === true) await closeHostDocument();
}

export { hostExists };
