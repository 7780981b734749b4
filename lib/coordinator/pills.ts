/** The pills on pages: where they are, and what they show. Which tabs have one outlives the worker. */
import { browser } from 'wxt/browser';
import { isPillPlace, type PillNote, type PillPlace, type PillState } from '../protocol/pill.ts';
import { isActive, type Phase, type Snapshot, type Turn } from '../protocol/snapshot.ts';
import { readSettings } from '../storage/settings.ts';
import { refusalOfUrl } from './page-refusal.ts';
import { languageOf } from './plan.ts';
import { createQueue } from './queue.ts';
import { currentSnapshot } from './running-call.ts';

/** As a shortcut's event gives it; the address is there because the shortcut granted the tab. */
export interface TabInView {
  id?: number | undefined;
  url?: string | undefined;
  windowId?: number | undefined;
}

type Moment = Pick<Snapshot, 'phase' | 'turn'>;

const key = 'pills';
const placeKey = 'pill-place';
const inOrder = createQueue();

export async function pillTabs(): Promise<number[]> {
  const { [key]: kept } = await browser.storage.session.get(key);
  return Array.isArray(kept) ? (kept as number[]) : [];
}

/** Where the person wants it from now on. Until the browser ends: pages differ, and so do days. */
export async function keepPillPlace(place: PillPlace): Promise<void> {
  await browser.storage.session.set({ [placeKey]: { x: place.x, y: place.y } });
}

async function pillPlace(): Promise<PillPlace | null> {
  const { [placeKey]: kept } = await browser.storage.session.get(placeKey);
  return isPillPlace(kept) ? kept : null;
}

/**
 * Puts a pill on the page, where the settings and the browser allow it. Until `begun` it shows `before`, then what is.
 * Never throws: without a pill the call is the same.
 */
export async function showPill(
  tab: TabInView | undefined,
  before: Moment,
  begun: Promise<unknown>,
  arm: boolean,
): Promise<void> {
  try {
    if (tab?.id === undefined || refusalOfUrl(tab.url) || !(await readSettings()).pill) return;
    await inject(tab.id);
    const first: Moment = isActive(before.phase) ? before : { phase: 'connecting', turn: null };
    await tell([tab.id], await stateOf(first), arm);
    await begun.catch(() => undefined);
    await refreshPills();
  } catch (error) {
    console.info('parley: no pill on this page', error);
  }
}

export async function refreshPills(): Promise<void> {
  const { phase, turn } = await currentSnapshot();
  await tellPills(phase, turn);
}

/** Every change of the call's state comes here; the end takes the pills off. */
export function tellPills(phase: Phase, turn: Turn | null): Promise<void> {
  return inOrder(async () => {
    const tabs = await pillTabs();
    if (tabs.length === 0) return;
    const state = await stateOf({ phase, turn });
    if (!state) await browser.storage.session.remove(key);
    await tell(tabs, state);
  });
}

/** A page with a pill was left for another: the pill comes along where the grant does. */
export async function followPage(tabId: number): Promise<void> {
  if (!(await pillTabs()).includes(tabId)) return;
  await inject(tabId).catch(() => forget(tabId));
  await refreshPills();
}

/** In this order, so that a pill that is told nothing is never on a page. */
async function inject(tabId: number): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId }, files: ['/pill.js'] });
  await inOrder(async () => {
    const tabs = await pillTabs();
    if (!tabs.includes(tabId)) await browser.storage.session.set({ [key]: [...tabs, tabId] });
  });
}

function forget(tabId: number): Promise<void> {
  return inOrder(async () => {
    await browser.storage.session.set({ [key]: (await pillTabs()).filter((tab) => tab !== tabId) });
  });
}

async function stateOf({ phase, turn }: Moment): Promise<PillState | null> {
  const settings = await readSettings();
  if (!settings.pill || !isActive(phase)) return null;
  const language = languageOf(settings, browser.i18n.getUILanguage());
  return { phase, turn, mode: settings.talkMode, language, theme: settings.theme };
}

/** A page that was left or closed meanwhile hears nothing, and that is as well. */
async function tell(tabs: number[], state: PillState | null, arm = false): Promise<void> {
  const note: PillNote = { target: 'pill', state, arm, place: await pillPlace() };
  await Promise.allSettled(tabs.map((tab) => browser.tabs.sendMessage(tab, note, { frameId: 0 })));
}
