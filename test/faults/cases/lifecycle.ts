/** The worker is stopped, as the browser may at any moment. */
import type { Page } from 'puppeteer';
import type { Snapshot } from '../../../lib/protocol/snapshot.ts';
import { isLive, isSpeaking, linesOf } from '../../browser/lines.ts';
import type { Scene } from '../../support/scene.ts';
import type { FaultCase, Played } from '../case.ts';
import { ask, callUp, goesOn } from '../on-call.ts';
import { count, findPeer, gapMs } from '../rtp.ts';
import { until } from '../until.ts';

const longestGapMs = 40;
const unnoticed = 'nothing: the call goes on, and is heard without a gap';

export const lifecycle: FaultCase[] = [
  {
    id: 'F01',
    quick: true,
    targets: { recoveredMs: 1000 },
    async play(scene) {
      await callUp(scene);
      const panel = await scene.extension.openPage('sidepanel');
      const host = await scene.extension.offscreen();
      await findPeer(host);
      await ask(scene);
      const before = scene.extension.snapshots.last!;
      await speak(scene);
      const recoveredMs = await killed(scene, panel, host, before);
      return { saw: unnoticed, recoveredMs };
    },
  },
  { id: 'F02', shape: 'six times, 5 s apart', play: (scene) => killedAgainAndAgain(scene, 6) },
  { id: 'F02', shape: '120 times, 5 s apart', runs: 1, play: (scene) => killedAgainAndAgain(scene, 120) },
  {
    id: 'F03',
    runs: 1,
    targets: { recoveredMs: 500 },
    async play(scene) {
      const { browser, extension } = scene;
      await callUp(scene);
      // Nothing is attached to it: the browser ends it by itself.
      const isThere = () => browser.targets().some((target) => target.type() === 'service_worker');
      if (!(await until(async () => !isThere(), 90_000))) throw new Error('the worker lives on in a silent call');
      const { phase } = extension.snapshots.last!;
      if (phase !== 'live') throw new Error(`the call is ${phase} without its worker`);
      // By the host itself, so that its question is what wakes the worker.
      await extension.hidden.evaluate(() =>
        chrome.runtime.sendMessage({
          target: 'host',
          kind: 'command',
          body: { type: 'say', text: 'How much is a ticket?' },
        }),
      );
      const seen = await extension.waitForSnapshot(hasRead, 20_000, 'the page to be read');
      return { saw: 'nothing: the page is read as usual', recoveredMs: linesOf(seen, 'tool').at(-1)!.ms! };
    },
  },
  {
    id: 'F04',
    targets: { recoveredMs: 5000 },
    async play(scene) {
      const { extension, page } = scene;
      await callUp(scene);
      // A page that is too busy to answer keeps the question open.
      await page.evaluate(() => {
        setInterval(() => {
          for (const end = performance.now() + 900; performance.now() < end;);
        }, 1000);
      });
      await extension.send({ type: 'say', text: 'How much is a ticket?' });
      const isReading = (seen: Snapshot) => linesOf(seen, 'tool').some(({ state }) => state === 'running');
      await extension.waitForSnapshot(isReading, 20_000, 'a tool at work');
      await extension.killWorker();
      const at = Date.now();
      await extension.waitForSnapshot(
        (seen) => linesOf(seen, 'tool').length > 0 && !isReading(seen),
        20_000,
        'the outcome of the tool',
      );
      return { saw: '“Reading the page…”, then an answer', recoveredMs: Date.now() - at };
    },
  },
];

const hasRead = (seen: Snapshot) => linesOf(seen, 'tool').some(({ state, ms }) => state === 'done' && ms !== undefined);

/** The assistant is in the middle of an answer. */
async function speak({ extension }: Scene): Promise<void> {
  await extension.send({ type: 'say', text: 'How much is a ticket?' });
  await extension.waitForSnapshot(isSpeaking, 30_000, 'the answer to be heard');
}

/** Resolves with the milliseconds until a press in a view is answered again. Throws where a gap could be heard. */
async function killed(scene: Scene, panel: Page, host: Page, before: Snapshot): Promise<number> {
  const { extension } = scene;
  const counted = await count(host);
  await extension.killWorker();
  const at = performance.now();
  const mute = async (muted: boolean) => {
    await extension.send({ type: 'mute', muted });
    await panel.waitForFunction((is) => (document.querySelector('.control.down') !== null) === is, {}, muted);
  };
  await mute(true);
  const recoveredMs = performance.now() - at;
  await mute(false);
  const gap = gapMs(counted, await count(host));
  if (gap > longestGapMs) throw new Error(`${Math.round(gap)} ms of sound are missing`);
  goesOn(await extension.waitForSnapshot(isLive, 5000, 'the call'), before);
  return recoveredMs;
}

async function killedAgainAndAgain(scene: Scene, times: number): Promise<Played> {
  const { extension } = scene;
  await callUp(scene);
  await ask(scene);
  const host = await extension.offscreen();
  await findPeer(host);
  for (let time = 0; time < times; time += 1) {
    const before = extension.snapshots.last!;
    const counted = await count(host);
    await extension.killWorker();
    await new Promise((resolve) => setTimeout(resolve, 5000));
    const gap = gapMs(counted, await count(host));
    if (gap > longestGapMs) throw new Error(`${Math.round(gap)} ms of sound are missing behind stop ${time + 1}`);
    goesOn(extension.snapshots.last!, before);
  }
  await ask(scene);
  return { saw: unnoticed };
}
