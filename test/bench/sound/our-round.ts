/** One call of ours: the intent that the button sends, and what its views are told. */
import type { Page } from 'puppeteer';
import type { Settings } from '../../../lib/protocol/settings.ts';
import type { Snapshot } from '../../../lib/protocol/snapshot.ts';
import type { Network } from './network/network.ts';
import type { Instruments, Mark, Recording } from './pages/instruments.ts';
import type { Stage } from './stage.ts';

export interface OurCall {
  /** Unix milliseconds. */
  clickedAt: number;
  host: Page;
  /** When the first snapshot came that fits. */
  seenAt(fits: (snapshot: Snapshot) => boolean, what: string, timeoutMs?: number): Promise<number>;
  marks(): Promise<Mark[]>;
  recording(): Promise<Recording>;
  close(): Promise<void>;
}

/** Settings, instruments, and nothing running or connected: as before the first call of a day. */
export async function prepareOurs(
  stage: Stage,
  network: Network,
  settings: Partial<Omit<Settings, 'version'>> = {},
  instruments: Partial<Instruments> = {},
): Promise<void> {
  const { extension, deviceToken } = stage;
  await extension.hidden.evaluate((text) => localStorage.setItem('bench', text), JSON.stringify(instruments));
  await extension.writeSettings({
    relay: { url: network.relayUrl, deviceToken },
    language: 'en',
    sounds: false,
    ...settings,
  });
  // The options' button, by which a person sets up a relay: what it teaches is known ever after.
  await extension.send({ type: 'test-relay', relayUrl: network.relayUrl, deviceToken });
  network.begin();
  await closeHost(stage);
  await extension.killWorker();
}

export async function startOurs({ extension }: Stage): Promise<OurCall> {
  const { hidden, snapshots } = extension;
  const clickedAt = await hidden.evaluate(() => {
    const at = performance.timeOrigin + performance.now();
    const body = { type: 'start', microphone: true };
    void chrome.runtime.sendMessage({ target: 'coordinator', kind: 'intent', body });
    return at;
  });
  const host = await extension.offscreen();
  return {
    clickedAt,
    host,
    async seenAt(fits, what, timeoutMs = 20_000) {
      // Snapshots are timed in whole milliseconds.
      const since = Math.floor(clickedAt);
      const find = () => snapshots.seen.find(({ at, snapshot }) => at >= since && fits(snapshot));
      if (!find()) await snapshots.waitFor((snapshot) => fits(snapshot) && find() !== undefined, timeoutMs, what);
      return find()!.at;
    },
    marks: () => host.evaluate(() => window.bench.marks),
    recording: () => host.evaluate(() => window.bench.take()),
    async close() {
      await extension.send({ type: 'end' });
      await extension.waitForSnapshot(({ phase }) => phase === 'ended', 5000, 'the end of the call');
    },
  };
}

/** The document that a call leaves for the next one is closed, and all that is warm in it. */
export async function closeHost({ extension }: Stage): Promise<void> {
  if (!extension.hasOffscreen()) return;
  await extension.hidden.evaluate(() => chrome.offscreen.closeDocument()).catch(() => undefined);
  while (extension.hasOffscreen()) await new Promise((resolve) => setTimeout(resolve, 10));
}
