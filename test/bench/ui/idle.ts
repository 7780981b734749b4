/** What still runs when nobody uses Parley: after a call with everything closed, and in views that are open without a call. */
import type { Page } from 'puppeteer';
import { lighthouse } from '../../browser/pages.ts';
import { aliveOf } from '../../support/alive.ts';
import { openScene, type Scene } from '../../support/scene.ts';
import type { Measured } from '../table.ts';

export interface IdlePlan {
  /** How long an open view is watched. */
  watchMs: number;
  /** Views prepare calls, which end by themselves after two minutes. */
  warmUp: boolean;
}

/** A worker goes after half a minute with nothing to do, a prepared call after two minutes. */
const patienceMs = 240_000;

export async function measureIdle({ watchMs, warmUp }: IdlePlan): Promise<Measured[]> {
  const settings = { autoStart: false, warmUp };
  const scene = await openScene({ html: lighthouse, microphone: 'none', settings });
  try {
    const wakings: Measured[] = [];
    for (const view of ['popup', 'sidepanel'] as const) {
      const value = await wakingsOf(scene, view, watchMs);
      wakings.push({ id: `${view}_timers`, value, unit: '', target: { atMost: 0 }, note: noteOf(watchMs) });
    }
    await talk(scene);
    const began = performance.now();
    const alive = await waitUntilNothing(scene);
    const count = (what: string) => alive.filter((each) => each.includes(what)).length;
    const note = `${Math.round((performance.now() - began) / 1000)} s after a call, all views closed`;
    return [
      ...wakings,
      { id: 'idle_workers', value: count('service_worker'), unit: '', target: { atMost: 0 }, note },
      { id: 'idle_documents', value: alive.length - count('service_worker'), unit: '', target: { atMost: 0 }, note },
    ];
  } finally {
    await scene.close();
  }
}

const noteOf = (ms: number) =>
  `timers and frames asked for in ${ms / 1000} s, and what moves, in an open view without a call`;

/** Counted once the view has shown everything. */
async function wakingsOf({ browser, extension }: Scene, view: string, watchMs: number): Promise<number> {
  const page = await browser.newPage();
  try {
    await page.evaluateOnNewDocument(countWakings);
    await page.goto(extension.url(`${view}.html`));
    await page.waitForSelector('.state');
    await settled(page);
    return await page.evaluate(async (ms) => {
      const scope = globalThis as { wakings?: number; unwatched?: typeof setTimeout };
      const before = scope.wakings ?? Number.NaN;
      await new Promise((resolve) => scope.unwatched?.(resolve, ms));
      return (scope.wakings ?? Number.NaN) - before + document.getAnimations().length;
    }, watchMs);
  } finally {
    await page.close();
  }
}

/** Opening is over when for two seconds nothing has been asked for: questions to the worker have a deadline. */
async function settled(page: Page): Promise<void> {
  await page.waitForNetworkIdle();
  await page.evaluate(() => {
    const scope = globalThis as { unwatched?: typeof setTimeout };
    return new Promise((resolve) => scope.unwatched?.(resolve, 2000));
  });
}

/** Every callback that a timer or a frame calls. */
function countWakings(): void {
  const scope = globalThis as unknown as {
    wakings: number;
    unwatched: typeof setTimeout;
    setTimeout: unknown;
    setInterval: unknown;
    requestAnimationFrame: unknown;
  };
  scope.wakings = 0;
  scope.unwatched = setTimeout.bind(globalThis);
  const counting =
    (ask: (callback: (...given: unknown[]) => void, ...rest: unknown[]) => unknown) =>
    (callback: (...given: unknown[]) => void, ...rest: unknown[]) =>
      ask(
        (...given) => {
          scope.wakings += 1;
          callback(...given);
        },
        ...rest,
      );
  scope.setTimeout = counting(setTimeout.bind(globalThis) as never);
  scope.setInterval = counting(setInterval.bind(globalThis) as never);
  scope.requestAnimationFrame = counting(requestAnimationFrame.bind(globalThis) as never);
}

/** A question and an answer, and the end. */
async function talk({ extension }: Scene): Promise<void> {
  await extension.send({ type: 'say', text: 'How much is a ticket?' });
  await extension.waitForSnapshot(({ turn, lines }) => turn === 'waiting' && lines.length > 1, 30_000, 'an answer');
  await extension.send({ type: 'end' });
}

/** Returns what is left when the patience is over. */
async function waitUntilNothing({ browser, extension }: Scene): Promise<string[]> {
  const until = performance.now() + patienceMs;
  let alive = aliveOf(browser, extension);
  while (alive.length > 0 && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    alive = aliveOf(browser, extension);
  }
  return alive;
}
