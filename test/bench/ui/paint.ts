/**
 * When popup and panel first show something: beside a static page of the extension with their finished markup and their
 * style sheet, and no script. In tabs, in turn, with the worker running and with the worker stopped.
 */
import type { CDPSession, Page } from 'puppeteer';
import { percentile } from '../statistics.ts';
import type { Measured } from '../table.ts';
import { openBenchExtension, withPage, type BenchExtension } from './extension.ts';

const views = ['popup', 'sidepanel'] as const;

interface Opening {
  /** Milliseconds from the beginning of the navigation. */
  firstPaint: number;
  /** When the words are there, too. */
  words: number;
}

export async function measurePaint(rounds: number): Promise<Measured[]> {
  const bench = await openBenchExtension();
  try {
    for (const view of views) await bench.write(`static-${view}.html`, await finished(bench, view));
    return await withPage(bench, 'manifest.json', async (page) => {
      const workers = await page.createCDPSession();
      await workers.send('ServiceWorker.enable');
      return [...(await inTurn(bench, rounds, null)), ...(await inTurn(bench, rounds, workers))];
    });
  } finally {
    await bench.close();
  }
}

/** The view as a page that has always looked so. */
async function finished(bench: BenchExtension, view: string): Promise<string> {
  const body = await withPage(bench, `${view}.html`, async (page) => {
    await page.waitForSelector('.state');
    return page.evaluate(() => document.body.outerHTML);
  });
  const meta =
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">';
  const sheet = await bench.styleOf(`${view}.html`);
  return `<!doctype html><html lang="en"><head>${meta}<title>Parley</title>${sheet}</head>${body}</html>`;
}

/** `workers`: stopped before every opening. */
async function inTurn(bench: BenchExtension, rounds: number, workers: CDPSession | null): Promise<Measured[]> {
  const openings: Record<string, Opening[]> = {};
  for (let round = 0; round < rounds; round += 1) {
    const pages = views.flatMap((view) => [view, `static-${view}`]);
    // Neither always comes first.
    for (const name of round % 2 === 0 ? pages : pages.toReversed()) {
      await workers?.send('ServiceWorker.stopAllWorkers');
      (openings[name] ??= []).push(await opening(bench, `${name}.html`));
    }
  }
  const median = (name: string, of: keyof Opening) =>
    percentile(
      (openings[name] ?? []).map((each) => each[of]),
      0.5,
    );
  return views.map((view) => {
    const [ours, still] = [median(view, 'firstPaint'), median(`static-${view}`, 'firstPaint')];
    return {
      id: `${view}_first_paint${workers ? '_cold_worker' : ''}`,
      value: ours,
      unit: 'ms',
      peer: still,
      target: { atMost: 1.1 * still },
      note: `static page ×1.1; with all words after ${median(view, 'words').toFixed(0)} ms; medians of ${rounds}`,
    };
  });
}

async function opening(bench: BenchExtension, path: string): Promise<Opening> {
  const page = await bench.browser.newPage();
  try {
    await page.evaluateOnNewDocument(watchWords);
    await page.goto(bench.url(path));
    return { words: await wordsOf(page), firstPaint: await firstPaintOf(page) };
  } finally {
    await page.close();
  }
}

function watchWords(): void {
  const scope = globalThis as { words?: Promise<number> };
  scope.words = new Promise((resolve) => {
    const look = () => {
      if (!document.querySelector('.state')) return;
      watch.disconnect();
      resolve(performance.now());
    };
    const watch = new MutationObserver(look);
    watch.observe(document, { childList: true, subtree: true });
  });
}

function wordsOf(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as { words?: Promise<number> }).words ?? Number.NaN);
}

function firstPaintOf(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const [paint] = list.getEntriesByName('first-contentful-paint');
          if (paint) resolve(paint.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
}
