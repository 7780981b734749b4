/** Speaking to the call that runs, wherever it may have gone meanwhile. */
import { sendCommand } from '../link/request.ts';
import { FaultError } from '../protocol/faults.ts';
import type { Command } from '../protocol/messages.ts';
import { isSnapshot, type Snapshot } from '../protocol/snapshot.ts';
import { hostExists, hostListens } from './host-document.ts';
import { lastSnapshot } from './last-call.ts';

export async function currentSnapshot(): Promise<Snapshot> {
  const snapshot = await toRunningCall({ type: 'snapshot' });
  // A document that was only warmed up knows nothing of the call before it.
  return snapshot.phase === 'idle' ? lastSnapshot() : snapshot;
}

/** A command that only a running call understands; without one the answer is what is known of the last. */
export async function toRunningCall(command: Command): Promise<Snapshot> {
  if (!(await hostExists())) return lastSnapshot();
  try {
    return snapshotFrom(await sendCommand(command));
  } catch (error) {
    // It may have been closed since we looked.
    if (!(await hostExists())) return lastSnapshot();
    if (!isNotHeard(error)) throw error;
    await hostListens();
    return snapshotFrom(await sendCommand(command));
  }
}

/** In the browser's words: nobody was there to take it, so it may be sent again whatever it is. */
function isNotHeard(error: unknown): boolean {
  return error instanceof FaultError && /receiving end does not exist/i.test(error.message);
}

export function snapshotFrom(answer: unknown): Snapshot {
  if (!isSnapshot(answer)) throw new FaultError('internal', 'the host answered without a snapshot');
  return answer;
}
