/** The person's turns, from views, the talk key and the pill, one after the other: a release must not overtake its press. */
import type { Command } from '../protocol/messages.ts';
import { isActive, type Snapshot } from '../protocol/snapshot.ts';
import { readSettings } from '../storage/settings.ts';
import { showPill, type TabInView } from './pills.ts';
import { createQueue } from './queue.ts';
import { currentSnapshot, toRunningCall } from './running-call.ts';
import { startCall } from './start-call.ts';
import { onTalkKeyDown, onTalkKeyUp, type TalkKeyDoes } from './talk-key.ts';

const inOrder = createQueue();

/** Without a call one is started, and in tap and hold its first turn with it. */
export function talkBegin(): Promise<Snapshot> {
  return inOrder(async () => {
    const [{ talkMode }, { phase }] = await Promise.all([readSettings(), currentSnapshot()]);
    if (isActive(phase)) return toRunningCall({ type: 'talk-begin' });
    return startCall(true, { talking: talkMode !== 'hands-free' });
  });
}

/** For a call that runs; without one nothing happens. */
export function inRunningCall(command: Command): Promise<Snapshot> {
  return inOrder(() => toRunningCall(command));
}

export function talkKeyDown(tab: TabInView | undefined): Promise<void> {
  return inOrder(async () => {
    const [{ talkMode }, snapshot] = await Promise.all([readSettings(), currentSnapshot()]);
    const does = onTalkKeyDown(talkMode, snapshot);
    const done = act(does, talkMode !== 'hands-free');
    // Not waited for: a page may never let a script in.
    if (does === 'start' || talkMode === 'hold') void showPill(tab, snapshot, done, true);
    await done;
  });
}

export function talkKeyUp(): Promise<void> {
  return inOrder(async () => {
    const [{ talkMode }, snapshot] = await Promise.all([readSettings(), currentSnapshot()]);
    await act(onTalkKeyUp(talkMode, snapshot), false);
  });
}

async function act(does: TalkKeyDoes, talking: boolean): Promise<void> {
  if (does === 'start') await startCall(true, { talking });
  if (does === 'talk-begin') await toRunningCall({ type: 'talk-begin' });
  if (does === 'talk-end') await toRunningCall({ type: 'talk-end', send: true });
}
