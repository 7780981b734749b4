/** What the pill asks for. It runs inside a page's process, so little is taken from it, and only about a call that runs. */
import { browser } from 'wxt/browser';
import { pillWishes, type PillMessage, type PillWish } from '../protocol/pill.ts';
import { isActive } from '../protocol/snapshot.ts';
import { pillTabs } from './pills.ts';
import { currentSnapshot } from './running-call.ts';
import { inRunningCall } from './talk.ts';

/** The part of the browser's word about a sender that counts here. */
export interface Sender {
  id?: string | undefined;
  frameId?: number | undefined;
  tab?: { id?: number | undefined } | undefined;
}

/** `released`: the talk key came up. */
export function answerPills(released: () => void): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Sender, respond: (hasCall: boolean) => void) => {
    const { target, kind, body } = { ...(message as Partial<PillMessage> | null) };
    const tab = sender.tab?.id;
    const isPills = target === 'coordinator' && kind === 'pill' && pillWishes.includes(body as PillWish);
    if (!isPills || sender.id !== browser.runtime.id || sender.frameId !== 0 || tab === undefined) return false;
    // What went wrong is the call's to show; the pill stays.
    fulfil(body as PillWish, tab, released).then(respond, () => respond(true));
    return true;
  });
}

/** Resolves to whether there is a call. */
async function fulfil(wish: PillWish, tab: number, released: () => void): Promise<boolean> {
  if (!(await pillTabs()).includes(tab)) return false;
  if (wish === 'released') {
    released();
    return isActive((await currentSnapshot()).phase);
  }
  const { phase } = await inRunningCall(wish === 'talk-end' ? { type: wish, send: true } : { type: wish });
  return isActive(phase);
}
