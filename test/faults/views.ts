/** What several views and the badge show of one call, and when each began to. */
import type { Page } from 'puppeteer';
import type { Intent } from '../../lib/protocol/messages.ts';
import type { Extension } from '../support/extension.ts';

/** `up`: there is a call that could be hung up on. */
export type Shown = 'none' | 'up' | 'live';

interface Look {
  at: number;
  shown: Shown;
}

export interface Views {
  pages: Page[];
  /**
   * Waits until all of them show it; resolves with the milliseconds from the snapshot that says so (the first since `since`,
   * unix milliseconds) until the last of them did.
   */
  agree(shown: 'none' | 'live', since: number): Promise<number>;
}

const patienceMs = 20_000;

/** The badge is looked at from the hidden page, every 20 ms. */
export async function watchViews(extension: Extension, pages: Page[]): Promise<Views> {
  await Promise.all([...pages.map((page) => page.evaluate(watchWords)), extension.hidden.evaluate(watchBadge)]);
  const last = (page: Page) =>
    page.evaluate(() => (globalThis as unknown as { parleyLooks: Look[] }).parleyLooks.at(-1)!);
  return {
    pages,
    async agree(wanted, since) {
      const phases = wanted === 'live' ? ['live'] : ['idle', 'ended', 'failed'];
      await extension.waitForSnapshot(({ phase }) => phases.includes(phase), patienceMs, `a call that is ${wanted}`);
      const deadline = Date.now() + patienceMs;
      for (;;) {
        const looks = await Promise.all([...pages, extension.hidden].map(last));
        const told = extension.snapshots.seen.find(
          ({ at, snapshot }) => at >= since && phases.includes(snapshot.phase),
        );
        if (looks.every(({ shown }) => shown === wanted)) {
          return Math.max(0, ...looks.map(({ at }) => at)) - (told?.at ?? since);
        }
        if (Date.now() > deadline) throw new Error(`They show ${looks.map(({ shown }) => shown).join(', ')}.`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

/** As the view of this page would; nobody waits for the answer. */
export async function press(page: Page, body: Intent): Promise<void> {
  await page.evaluate((message) => void chrome.runtime.sendMessage(message).catch(() => undefined), {
    target: 'coordinator',
    kind: 'intent',
    body,
  });
}

/** Runs in a view. The words are English, as the settings of a scene say. */
function watchWords(): void {
  const looks: Look[] = [];
  const look = () => {
    const text = document.body.innerText;
    const shown = !text.includes('Hang up') ? 'none' : text.includes('Listening') ? 'live' : 'up';
    if (looks.at(-1)?.shown !== shown) looks.push({ at: Date.now(), shown });
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  look();
  Object.assign(globalThis, { parleyLooks: looks });
}

/** Runs in the hidden page. */
function watchBadge(): void {
  const looks: Look[] = [{ at: Date.now(), shown: 'none' }];
  Object.assign(globalThis, { parleyLooks: looks });
  setInterval(async () => {
    const text = await chrome.action.getBadgeText({});
    const shown = text === 'ON' ? 'live' : text === '…' ? 'up' : 'none';
    if (looks.at(-1)?.shown !== shown) looks.push({ at: Date.now(), shown });
  }, 20);
}
