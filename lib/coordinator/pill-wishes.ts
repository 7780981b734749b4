/** What the pill asks for. It runs inside a page's process, so little is taken from it, and only about a call that runs. */
import { browser } from 'wxt/browser';
import { captions } from '../protocol/captions.ts';
import type { Command } from '../protocol/messages.ts';
import { isPillPlace, pillWishes, type PillLook, type PillWish } from '../protocol/pill.ts';
import { isActive } from '../protocol/snapshot.ts';
import { keepError } from '../storage/errors.ts';
import { readSettings } from '../storage/settings.ts';
import { keepPillPlace, pillTabs } from './pills.ts';
import { currentSnapshot } from './running-call.ts';
import { inRunningCall } from './talk.ts';

/** The part of the browser's word about a sender that counts here. */
export interface Sender {
  id?: string | undefined;
  frameId?: number | undefined;
  tab?: { id?: number | undefined } | undefined;
}

type Answer = boolean | PillLook;

/** Characters of a caption: what the pill has room for. Of longer words the end, which is what is being said. */
const longestCaption = 240;

const commands: Record<Exclude<PillWish, 'released'>, Command> = {
  'stop-answer': { type: 'stop-answer' },
  'talk-begin': { type: 'talk-begin' },
  'talk-end': { type: 'talk-end', send: true },
  mute: { type: 'mute', muted: true },
  unmute: { type: 'mute', muted: false },
  'hang-up': { type: 'end' },
};

/** `released`: the talk key came up. */
export function answerPills(released: () => void): void {
  browser.runtime.onMessage.addListener((message: unknown, sender: Sender, respond: (answer: Answer) => void) => {
    const action = actionOf(message, released);
    const tab = sender.tab?.id;
    if (!action || sender.id !== browser.runtime.id || sender.frameId !== 0 || tab === undefined) return false;
    // What went wrong is the call's to show; the pill stays.
    fulfil(action, tab).then(respond, () => respond(true));
    return true;
  });
}

/** Null: no message of a pill's. */
function actionOf(message: unknown, released: () => void): (() => Promise<Answer>) | null {
  const { target, kind, body } = { ...(message as { target?: unknown; kind?: unknown; body?: unknown } | null) };
  if (target !== 'coordinator') return null;
  if (kind === 'pill' && pillWishes.includes(body as PillWish)) return () => act(body as PillWish, released);
  if (kind === 'pill-place' && isPillPlace(body)) return () => keepPillPlace(body).then(() => true);
  if (kind === 'pill-error' && typeof body === 'string') return () => keepError('pill', body).then(() => true);
  return kind === 'pill-look' ? look : null;
}

/** False: there is no call, or no pill in this tab. */
async function fulfil(action: () => Promise<Answer>, tab: number): Promise<Answer> {
  return (await pillTabs()).includes(tab) && action();
}

async function act(wish: PillWish, released: () => void): Promise<boolean> {
  if (wish === 'released') {
    released();
    return isActive((await currentSnapshot()).phase);
  }
  const { phase } = await inRunningCall(commands[wish]);
  return isActive(phase);
}

/** Words of the call go into a page's process only here: where a pill is, while it is pointed at, and as the settings say. */
async function look(): Promise<Answer> {
  const [{ phase, muted, lines }, { pill, pillCaptions }] = await Promise.all([currentSnapshot(), readSettings()]);
  if (!isActive(phase) || !pill) return false;
  const last = captions(lines).map(({ id, who, text }) => ({ id, who, text: text.slice(-longestCaption) }));
  return { muted, captions: pillCaptions ? last : null };
}
