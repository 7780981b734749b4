/** What a person wants, one function an intent. Answers with the snapshot after it. */
import type { Sender } from '../link/messages.ts';
import { sendCommand } from '../link/request.ts';
import { FaultError } from '../protocol/faults.ts';
import type { Intent } from '../protocol/messages.ts';
import { isActive, type Snapshot } from '../protocol/snapshot.ts';
import { settleWithoutHost } from './follow-call.ts';
import { hostLog } from './host-log.ts';
import { ensureHost, inTurn, retireHost } from './host-document.ts';
import { cutOffSeen, lastSnapshot } from './last-call.ts';
import { unmarkAll } from './marks.ts';
import { openPermissionPage } from './own-pages.ts';
import { allow } from './page/consent.ts';
import { keepGrant } from './page/granted-tabs.ts';
import { pageInView } from './page/in-view.ts';
import { tabInView } from './page/tab.ts';
import { showPill, type TabInView } from './pills.ts';
import { currentSnapshot, toRunningCall } from './running-call.ts';
import { isPopup, isView, showsCalls } from './senders.ts';
import { sentOf, showAgain } from './tool-rows.ts';
import { startCall, warmUp } from './start-call.ts';
import { inRunningCall, talkBegin } from './talk.ts';
import { playVoiceSample, stopVoiceSample } from './voice-sample.ts';

export async function onIntent(intent: Intent, from: Sender = {}): Promise<unknown> {
  switch (intent.type) {
    case 'hello': {
      const settled = settleWithoutHost();
      if (isPopup(from)) void grantTabInView();
      const snapshot = await currentSnapshot();
      if (showsCalls(from)) settled.then(cutOffSeen).catch((error: unknown) => console.warn('parley: kept', error));
      return snapshot;
    }
    case 'ping':
      return null;
    case 'start':
      return startCall(intent.microphone, await goingOn(intent));
    case 'end':
    case 'ask-again':
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
    case 'pair':
      return byBorrowedHost(intent);
    case 'page-in-view':
      // The title of a page that is never read is for the person alone.
      if (!isView(from)) throw new FaultError('internal', 'only a view shows the page');
      return pageInView(isPopup(from));
    case 'allow-reading':
    case 'granted':
      if (!isView(from)) throw new FaultError('internal', 'only a click allows');
      return intent.type === 'granted' ? toRunningCall({ type: 'go-on' }) : allowReading(intent.origin);
    case 'show-quote':
      return showAgain(intent.lineId);
    case 'sent':
      return sentOf(intent.lineId);
    case 'voice-sample':
      return playVoiceSample(intent.voice);
    case 'voice-sample-stop':
      return stopVoiceSample();
    case 'log':
      return hostLog();
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

/** The popup opened: the icon was pressed on this tab. Without the record its words can still be read while it is in view. */
async function grantTabInView(): Promise<void> {
  try {
    await keepGrant(await tabInView());
  } catch (error) {
    console.warn('parley: the granted tab was not kept', error);
  }
}

/** A call that is not kept is gone on with as it is shown, as long as the browser runs. */
async function goingOn({ resume, shown = false }: Extract<Intent, { type: 'start' }>) {
  if (resume === undefined) return {};
  const last = shown ? await lastSnapshot() : null;
  return last?.callId === resume ? { resume, lines: last.lines } : { resume };
}

/** For the call that runs, and only what it asked for. */
async function allowReading(origin: string): Promise<Snapshot> {
  const snapshot = await currentSnapshot();
  return isActive(snapshot.phase) && (await allow(origin)) ? toRunningCall({ type: 'go-on' }) : snapshot;
}

async function say(text: string): Promise<Snapshot> {
  void unmarkAll();
  const { phase } = await currentSnapshot();
  return isActive(phase) ? toRunningCall({ type: 'say', text }) : startCall(false, { say: text });
}

/** The network belongs to the host, so what needs it without a call borrows one. */
function byBorrowedHost(intent: Extract<Intent, { type: 'test-relay' | 'pair' }>): Promise<unknown> {
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
