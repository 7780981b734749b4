/** A scene for many rounds, and what it takes up. */
import type { Page } from 'puppeteer';
import { lighthouse } from '../../browser/pages.ts';
import { openScene, type Scene, type SceneOptions } from '../../support/scene.ts';
import { instrumented } from '../instruments.ts';

/** With an extension that counts what it opens. */
export async function inScene<T>(options: SceneOptions, play: (scene: Scene) => Promise<T>): Promise<T> {
  const extension = await instrumented();
  try {
    const scene = await openScene({ html: lighthouse, control: true, extensionDir: extension.dir, ...options });
    try {
      return await play(scene);
    } finally {
      await scene.close();
    }
  } finally {
    await extension.remove();
  }
}

/** Of the whole process that all contexts of the extension share, seen from one of its pages. */
export interface Weight {
  heapBytes: number;
  listeners: number;
  documents: number;
}

/** After what nobody needs is gone. */
export async function weigh(page: Page): Promise<Weight> {
  const session = await page.createCDPSession();
  await session.send('Performance.enable');
  // What a finalizer lets go of is collected by the next one.
  for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  return { heapBytes: of('JSHeapUsedSize'), listeners: of('JSEventListeners'), documents: of('Documents') };
}

export const megabytes = (bytes: number) => bytes / 1_000_000;
