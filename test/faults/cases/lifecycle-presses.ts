/** One call, whatever is pressed, how often and where. */
import type { Page } from 'puppeteer';
import { isActive } from '../../../lib/protocol/snapshot.ts';
import { isLive } from '../../browser/lines.ts';
import type { Scene } from '../../support/scene.ts';
import type { FaultCase, Played } from '../case.ts';
import { grantsOf } from '../invariants.ts';
import { isOne } from '../one-call.ts';
import { until } from '../until.ts';
import { press, watchViews } from '../views.ts';

/** From the snapshot until every view and the badge say the same. */
const targets = { detectedMs: 500 };
/** Views that begin and prepare nothing by themselves. */
const stage = { settings: { autoStart: false, warmUp: false } };
const start = { type: 'start', microphone: true } as const;

export const presses: FaultCase[] = [
  { id: 'F07', scene: stage, quick: true, targets, play: startsAtOnce },
  { id: 'F08', scene: stage, targets, play: toggles },
  { id: 'F09', scene: stage, play: doubleClick },
  { id: 'F10', scene: stage, targets, runs: 5, play: startsWhileEnding },
  { id: 'F12', scene: stage, quick: true, targets, play: manyViews },
];

/** From popup, panel and a third page, ten in all, before any of them has an answer. */
async function startsAtOnce(scene: Scene): Promise<Played> {
  const { extension } = scene;
  const views = await watchViews(extension, [await extension.openPage('popup'), await extension.openPage('sidepanel')]);
  const before = grantsOf(scene);
  const at = Date.now();
  const places = [...views.pages, extension.hidden];
  await Promise.all(Array.from({ length: 10 }, (_, index) => press(places[index % places.length]!, start)));
  const detectedMs = await views.agree('live', at);
  await isOne(scene);
  const grants = grantsOf(scene) - before;
  if (grants > 1) throw new Error(`${grants} grants for one call`);
  return { saw: 'one call, in all of them', detectedMs };
}

/** The shortcut, a hundred times within a second: a key that is held repeats like this. Then once more, to see that it obeys. */
async function toggles(scene: Scene): Promise<Played> {
  const { extension } = scene;
  const views = await watchViews(extension, [await extension.openPage('popup'), await extension.openPage('sidepanel')]);
  const before = grantsOf(scene);
  const at = Date.now();
  const worker = await extension.worker();
  await worker.evaluate(async () => {
    const { onCommand } = chrome.commands as unknown as { onCommand: { dispatch(name: string): void } };
    for (let count = 0; count < 100; count += 1) {
      onCommand.dispatch('toggle-call');
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
  const detectedMs = await views.agree('live', at);
  await isOne(scene);
  const grants = grantsOf(scene) - before;
  if (grants > 2) throw new Error(`${grants} grants for one call`);
  await until(async () => Date.now() - at > 3000, 5000);
  await worker.evaluate(() => {
    const { onCommand } = chrome.commands as unknown as { onCommand: { dispatch(name: string): void } };
    onCommand.dispatch('toggle-call');
  });
  await views.agree('none', Date.now() - 5000);
  return { saw: 'one call, in all views; the next press ends it', detectedMs };
}

/** The icon opens the popup: nothing begins by it, and a call that runs goes on. */
async function doubleClick(scene: Scene): Promise<Played> {
  const { browser, extension, page } = scene;
  const icon = (await browser.extensions()).get(extension.id)!;
  const twice = () => Promise.all([icon.triggerAction(page), icon.triggerAction(page).catch(() => undefined)]);
  await twice();
  if (isActive(extension.snapshots.last?.phase ?? 'idle')) throw new Error('a call has begun');
  await extension.send(start);
  const { callId } = await extension.waitForSnapshot(isLive, 20_000, 'the call');
  await twice();
  await isOne(scene);
  if (extension.snapshots.last?.callId !== callId) throw new Error('another call has begun');
  const popups = browser.targets().filter((one) => one.url().startsWith(extension.url('popup.html')));
  if (popups.length > 1) throw new Error(`${popups.length} popups`);
  return { saw: 'one popup; no call begins, and one that runs goes on' };
}

/** Four times, the new start at another moment of the end each time. */
async function startsWhileEnding(scene: Scene): Promise<Played> {
  const { extension } = scene;
  const views = await watchViews(extension, [await extension.openPage('sidepanel')]);
  await extension.send(start);
  await views.agree('live', 0);
  let detectedMs = 0;
  for (let round = 0; round < 4; round += 1) {
    const { callId } = extension.snapshots.last!;
    await press(extension.hidden, { type: 'end' });
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
    const at = Date.now();
    await press(views.pages[0]!, start);
    await extension.waitForSnapshot((seen) => isLive(seen) && seen.callId !== callId, 20_000, 'the next call');
    detectedMs = Math.max(detectedMs, await views.agree('live', at));
    await isOne(scene);
  }
  return { saw: 'the next call, each time', detectedMs };
}

/** Two windows with a panel each, and a popup; the call goes on when all of them are closed. */
async function manyViews(scene: Scene): Promise<Played> {
  const { browser, extension, page } = scene;
  const pages = [
    await extension.openPage('sidepanel'),
    await inNewWindow(scene, 'sidepanel'),
    await extension.openPage('popup'),
  ];
  const views = await watchViews(extension, pages);
  let at = Date.now();
  await press(pages[1]!, start);
  let detectedMs = await views.agree('live', at);
  await isOne(scene);
  at = Date.now();
  await press(pages[2]!, { type: 'end' });
  detectedMs = Math.max(detectedMs, await views.agree('none', at));
  at = Date.now();
  await press(pages[0]!, start);
  detectedMs = Math.max(detectedMs, await views.agree('live', at));
  await Promise.all(pages.map((each) => each.close()));
  await page.bringToFront();
  const badge = await extension.hidden.evaluate(() => chrome.action.getBadgeText({}));
  if (badge !== 'ON' || browser.targets().length === 0) throw new Error(`the badge says “${badge}”`);
  await isOne(scene);
  return { saw: 'the same in all of them; the call goes on without them', detectedMs };
}

async function inNewWindow({ browser, extension }: Scene, name: 'sidepanel'): Promise<Page> {
  const url = extension.url(`${name}.html`);
  const before = new Set(browser.targets());
  const session = await browser.target().createCDPSession();
  const found = browser.waitForTarget((target) => target.url() === url && !before.has(target));
  await session.send('Target.createTarget', { url, newWindow: true });
  return (await found).asPage();
}
