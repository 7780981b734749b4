/** What a person wants, one function an intent. Answers with the snapshot after it. */
import { sendCommand } from '../link/request.ts';
import type { Intent } from '../protocol/messages.ts';
import { isActive, type Snapshot } from '../protocol/snapshot.ts';
import { settleWithoutHost } from './follow-call.ts';
import { ensureHost, inTurn, retireHost } from './host-document.ts';
import { openPermissionPage } from './permission-page.ts';
import { showPill, type TabInView } from './pills.ts';
import { currentSnapshot, toRunningCall } from './running-call.ts';
import { startCall, warmUp } from './start-call.ts';
import { inRunningCall, talkBegin } from './talk.ts';

export async function onIntent(intent: Intent): Promise<unknown> {
  switch (intent.type) {
    case 'hello':
      void settleWithoutHost();
      return currentSnapshot();
    case 'start':
      return startCall(intent.microphone);
    case 'end':
    case 'mute':
    case 'stop-answer':
    case 'microphone-answer':
      return toRunningCall(intent);
    case 'talk-begin':
      return talkBegin();
    case 'talk-end':
      return inRunningCall(intent);
    case 'warm':
      // Not waited for: the view that asked has nothing to show for it.
      void warmUp();
      return null;
    case 'say':
      return say(intent.text);
    case 'open-permission-page':
      return openPermissionPage('settings');
    case 'test-relay':
      return testRelay(intent);
  }
}

/** The shortcut: ends the call that is there, or starts one, with a pill on the page in view. */
export async function toggleCall(tab: TabInView | undefined): Promise<void> {
  const snapshot = await currentSnapshot();
  if (isActive(snapshot.phase)) {
    await toRunningCall({ type: 'end' });
    return;
  }
  const started = startCall(true);
  void showPill(tab, snapshot, started, false);
  await started;
}

export async function toggleMute(): Promise<void> {
  const { phase, muted } = await currentSnapshot();
  if (isActive(phase)) await toRunningCall({ type: 'mute', muted: !muted });
}

async function say(text: string): Promise<Snapshot> {
  const { phase } = await currentSnapshot();
  return isActive(phase) ? toRunningCall({ type: 'say', text }) : startCall(false, { say: text });
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
