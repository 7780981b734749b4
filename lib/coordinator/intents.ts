/** What a person wants, one function an intent. Answers with the snapshot after it. */
import { browser } from 'wxt/browser';
import { sendCommand } from '../link/request.ts';
import { FaultError } from '../protocol/faults.ts';
import type { Command, Intent } from '../protocol/messages.ts';
import { isActive, isSnapshot, type Snapshot } from '../protocol/snapshot.ts';
import { ensureHost, hostExists, inTurn, retireHost } from './host-document.ts';
import { lastSnapshot } from './last-call.ts';
import { openPermissionPage } from './permission-page.ts';
import { planCall } from './plan.ts';

export async function onIntent(intent: Intent): Promise<unknown> {
  switch (intent.type) {
    case 'hello':
      return currentSnapshot();
    case 'start':
      return startCall(intent.microphone);
    case 'end':
    case 'mute':
    case 'stop-answer':
      return toRunningCall(intent);
    case 'say':
      return say(intent.text);
    case 'open-permission-page':
      return openPermissionPage('settings');
    case 'microphone-answer':
      return toRunningCall(intent);
    case 'test-relay':
      return testRelay(intent);
  }
}

export async function currentSnapshot(): Promise<Snapshot> {
  return toRunningCall({ type: 'snapshot' });
}

export function startCall(microphone: boolean, words?: string): Promise<Snapshot> {
  return inTurn(async () => {
    const plan = await planCall(microphone);
    await ensureHost();
    const command: Command = words === undefined ? { type: 'start', plan } : { type: 'start', plan, say: words };
    return snapshotFrom(await sendCommand(command));
  });
}

/** The shortcut: ends the call that is there, or starts one. */
export async function toggleCall(): Promise<void> {
  const { phase } = await currentSnapshot();
  if (isActive(phase)) await toRunningCall({ type: 'end' });
  else await startCall(true);
}

export async function toggleMute(): Promise<void> {
  const { phase, muted } = await currentSnapshot();
  if (isActive(phase)) await toRunningCall({ type: 'mute', muted: !muted });
}

/** A command that only a running call understands; without one the answer is what is known of the last. */
async function toRunningCall(command: Command): Promise<Snapshot> {
  if (!(await hostExists())) return lastSnapshot();
  try {
    return snapshotFrom(await sendCommand(command));
  } catch (error) {
    // It may have been closed since we looked.
    if (!(await hostExists())) return lastSnapshot();
    throw error;
  }
}

function snapshotFrom(answer: unknown): Snapshot {
  if (!isSnapshot(answer)) throw new FaultError('internal', 'the host answered without a snapshot');
  return answer;
}

async function say(text: string): Promise<Snapshot> {
  const { phase } = await currentSnapshot();
  return isActive(phase) ? toRunningCall({ type: 'say', text }) : startCall(false, text);
}

/** The network belongs to the host, so a test borrows one. */
function testRelay(intent: Extract<Intent, { type: 'test-relay' }>): Promise<unknown> {
  return inTurn(async () => {
    await ensureHost();
    // Longer than the host's own deadline, so that its answer names what was wrong.
    try {
      return await sendCommand(intent, 12_000);
    } finally {
      await retireHost();
    }
  });
}

/** A fresh start of the browser or the extension: no call can be running, so no badge may say so. */
export async function forgetStaleState(): Promise<void> {
  if (await hostExists()) return;
  await browser.action.setBadgeText({ text: '' });
}
