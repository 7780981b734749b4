/** A call that the browser's end cuts off: what was said is there at the next start, which says what happened. */
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Snapshot } from '../../lib/protocol/snapshot.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { linesOf } from './lines.ts';
import { lighthouse } from './pages.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ html: lighthouse, microphone: 'none' });
}, 60_000);
afterAll(() => scene?.close());

const hasAnswer = (snapshot: Snapshot) => linesOf(snapshot, 'assistant').some(({ state }) => state === 'final');
const textOf = (page: Page) => page.evaluate(() => document.body.innerText);
const badge = () => scene.extension.hidden.evaluate(() => chrome.action.getBadgeText({}));

it('a browser that is killed in mid-call says so at its next start, once, and the call goes on with every word', async () => {
  // The press of the icon begins a spoken call, for which there is no microphone.
  const pressed = await scene.extension.clickToolbar(scene.page);
  await scene.extension.waitForSnapshot(({ phase }) => phase === 'failed', 20_000, 'the missing microphone');
  await pressed.close();
  await scene.extension.send({ type: 'say', text: 'How much is a ticket?' });
  await scene.extension.waitForSnapshot(hasAnswer, 30_000, 'an answer');
  await expect.poll(badge).toBe('ON');
  // Nothing tells from outside when it is on the disk: all of it is, at the latest, in the second that is promised.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const { lines, callId } = scene.extension.snapshots.last!;

  await scene.restartBrowser();
  const { extension, page } = scene;
  // Opening the popup begins a call otherwise.
  const popup = await extension.clickToolbar(page);
  await expect.poll(() => textOf(popup), { timeout: 10_000 }).toContain('The last call was cut off');
  expect(extension.hasOffscreen() && extension.snapshots.last?.phase).toBeFalsy();
  expect(await badge()).toBe('');
  await popup.locator('::-p-aria([name="Go on"][role="button"])').click();
  const isBack = ({ phase, earlierLines }: Snapshot) => phase === 'live' && earlierLines > 0;
  const back = await extension.waitForSnapshot(isBack, 30_000, 'the call that goes on');
  expect(back).toMatchObject({ callId, microphone: false });
  expect(back.lines.slice(0, back.earlierLines)).toEqual(lines);
  await extension.send({ type: 'end' });
  await extension.waitForSnapshot(({ phase }) => phase === 'ended', 10_000, 'the end');
}, 90_000);
