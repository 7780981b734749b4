/** What goes along with a call outside the host: badge, pills, marks, other tabs, and what may be read during it. */
import { browser } from 'wxt/browser';
import { sendCommand } from '../link/request.ts';
import type { Settings } from '../protocol/settings.ts';
import { isActive, isUp, type Phase, type Turn } from '../protocol/snapshot.ts';
import { readSettings } from '../storage/settings.ts';
import { showState } from './badge.ts';
import { hostExists } from './host-document.ts';
import { cutOff, keepOpen, keepPhase, lastPhase, lastSnapshot } from './last-call.ts';
import { followMarks } from './marks.ts';
import { forgetConsent } from './page/consent.ts';
import { followPage, tellPills } from './pills.ts';
import { limitsOf, soundOf, talkOf } from './plan.ts';
import { createQueue } from './queue.ts';
import { quietTab, quietTabs, soundAgain } from './quiet-tabs.ts';
import { currentSnapshot } from './running-call.ts';

/** States come faster than they are shown; the last must win. */
const inOrder = createQueue();

/** `kept`: the id under which the call is. A storage that is full keeps nothing, and holds nothing up. */
export function followCall(phase: Phase, turn: Turn | null, kept?: string, microphone = false): Promise<void> {
  return inOrder(async () => {
    const open = isUp(phase) ? { callId: kept ?? null, microphone } : null;
    // One that comes up may fail yet: until then the last word is about the call before it.
    const keeps = [keepPhase(phase), open || !isActive(phase) ? keepOpen(open) : undefined];
    for (const each of await Promise.allSettled(keeps)) if (each.status === 'rejected') warn(each.reason);
    await show(phase, turn);
  });
}

async function show(phase: Phase, turn: Turn | null): Promise<void> {
  watchTabs(isActive(phase));
  const { answers } = await readSettings();
  // Not waited for: a page may be too busy to be unmarked.
  void followMarks(phase, turn, answers === 'voice').catch((error: unknown) =>
    console.warn('parley: mark not removed', error),
  );
  const parts = await Promise.allSettled([
    showState(phase, turn),
    tellPills(phase, turn),
    quiet(phase),
    isActive(phase) ? undefined : forgetConsent(),
  ]);
  for (const part of parts) if (part.status === 'rejected') warn(part.reason);
}

function warn(reason: unknown): void {
  console.warn('parley: not kept or shown', reason);
}

async function quiet(phase: Phase): Promise<void> {
  // While a call comes up, what is quiet stays so and nothing else becomes it.
  if (isUp(phase) || !isActive(phase)) await quietTabs(isUp(phase) && (await readSettings()).muteOtherTabs);
}

/** A host that went without a word leaves badge, pills and silent tabs behind. Called whenever the worker wakes. */
export function settleWithoutHost(): Promise<void> {
  return inOrder(async () => {
    if (await hostExists()) return watchTabs(isActive(await lastPhase()));
    const cut = await cutOff();
    if (!cut) return watchTabs(false);
    // With the extension's process goes what it had noted of the tabs.
    await Promise.all([show(cut.phase, null), soundAgain()]);
  });
}

/** A fresh start of the browser or the extension: no call can be running, and no tab may stay silent because of one. */
export function forgetStaleState(): Promise<void> {
  return inOrder(async () => {
    if (await hostExists()) return;
    const { phase } = await lastSnapshot();
    await Promise.all([showState(phase, null), soundAgain()]);
  });
}

export async function followSettings(now: Settings, before: Settings): Promise<void> {
  if (!(await hostExists())) return;
  const adjust = adjustTo(now);
  if (JSON.stringify(adjust) !== JSON.stringify(adjustTo(before))) await sendCommand(adjust);
  await inOrder(async () => {
    const { phase, turn } = await currentSnapshot();
    if (isActive(phase)) await show(phase, turn);
  });
}

function adjustTo(settings: Settings) {
  const [talk, sound, limits] = [talkOf(settings), soundOf(settings), limitsOf(settings)];
  return { type: 'adjust', talk, answers: settings.answers, sound, limits } as const;
}

type TabListener = Parameters<typeof browser.tabs.onUpdated.addListener>[0];

const onTab: TabListener = async (tabId, { audible, status }, tab) => {
  if (!audible && status !== 'complete') return;
  await settleWithoutHost();
  await (audible ? quietTab(tab) : followPage(tabId));
};

/**
 * Only during a call: each change of any tab would wake the worker otherwise. The browser forgets a listener that is
 * removed and wakes the worker for one that is not, so a woken worker listens first and looks afterwards.
 */
export function watchTabs(watch: boolean): void {
  if (watch) browser.tabs.onUpdated.addListener(onTab);
  else browser.tabs.onUpdated.removeListener(onTab);
}
