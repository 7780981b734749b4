/** A browser with a page that has our transports in it, for tests that drive them from Node. */
import { networkInterfaces } from 'node:os';
import { launch, type Page } from 'puppeteer';
import type { Fault } from '../../lib/protocol/faults.ts';
import { judge } from './event-judge.ts';
import { findBrowser } from './browser.ts';
import type { ServerEvent } from './official-call.ts';
import { bundle, serveScripts } from './page-bundle.ts';
import type { LineRequest } from './transport-page.ts';
import { inOrder, Waiting } from './waiting.ts';

/** Null, after a line that says so, where there is no browser. */
export async function browserForTransports(): Promise<string | null> {
  const path = await findBrowser();
  if (!path) console.warn('Transports in a browser: skipped, because no browser was found (CHROME_PATH).');
  return path;
}

export interface TransportBrowser {
  page: Page;
  /** Of the page, as a relay sees it. */
  origin: string;
  line: DrivenLine;
  close(): Promise<void>;
}

export async function openTransportBrowser(executablePath: string): Promise<TransportBrowser> {
  const hasNetwork = Object.values(networkInterfaces()).some((each) => each?.some(({ internal }) => !internal));
  const served = await serveScripts({
    'page.js': await bundle('test/support/transport-page.ts'),
    'worklet.js': await bundle('test/support/transport-worklet.ts'),
  });
  const browser = await launch({
    executablePath,
    headless: true,
    pipe: true,
    args: [
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--autoplay-policy=no-user-gesture-required',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      // A machine with nothing but loopback: Chrome would gather no candidates.
      ...(hasNetwork ? [] : ['--allow-loopback-in-peer-connection']),
    ],
  });
  const page = await browser.newPage();
  const line = new DrivenLine(page);
  await page.exposeFunction('told', (what: string, text: string) => line.take(what, text));
  await page.goto(served.url);
  await page.waitForFunction(() => 'line' in window);
  return {
    page,
    line,
    origin: new URL(served.url).origin,
    close: async () => {
      await browser.close();
      await served.close();
    },
  };
}

/** The page's one line, and everything that it told since it was opened. */
export class DrivenLine {
  readonly #page: Page;
  readonly #waiting = new Waiting();
  /** `opened`, `lost`, `steady`, and the types of events, in order. */
  told: string[] = [];
  events: ServerEvent[] = [];
  lost: Fault[] = [];

  constructor(page: Page) {
    this.#page = page;
  }

  take(what: string, text: string): void {
    if (what === 'message') {
      const event = JSON.parse(text) as ServerEvent;
      // Our own, in WebRTC's words, have no id.
      if (event['event_id'] !== undefined) judge(text);
      this.events.push(event);
      this.told.push(event.type);
    } else this.told.push(what);
    if (what === 'lost') this.lost.push(JSON.parse(text));
    this.#waiting.wake();
  }

  async open(request: LineRequest): Promise<Fault | null> {
    this.told = [];
    this.events = [];
    this.lost = [];
    return this.#page.evaluate((given) => window.line.open(given), request);
  }

  /** The first event of a type from index `from` on; fails with what came instead. */
  event(type: string, from = 0): Promise<ServerEvent & { index: number }> {
    const came = () => `${inOrder(this.events, from).join(', ')}; lost: ${JSON.stringify(this.lost)}`;
    return this.#waiting.event(this.events, type, { from, timeoutMs: 20_000 }, came);
  }

  until(condition: () => boolean, what: string): Promise<void> {
    return this.#waiting.until(condition, () => `${what}; came: ${this.told.join(', ')}`);
  }

  send(event: ServerEvent): Promise<Fault | null> {
    return this.#page.evaluate((text) => window.line.send(text), JSON.stringify(event));
  }

  /** A typed turn, to be answered. */
  async types(text: string): Promise<void> {
    const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text }] };
    await this.send({ type: 'conversation.item.create', item });
    await this.send({ type: 'response.create' });
  }

  async useTrack(on: boolean): Promise<void> {
    await this.#page.evaluate((given) => window.line.useTrack(given), on);
  }

  /** Says something (24 kHz) into the microphone, at the speed of speech. */
  async speaks(samples: Int16Array): Promise<void> {
    await this.#page.evaluate((sound) => window.line.speak(sound), toBase64(samples));
  }

  /** Sends sound as events, all at once. */
  async appends(samples: Int16Array): Promise<void> {
    await this.#page.evaluate((sound) => window.line.append(sound), toBase64(samples));
  }

  facts(): Promise<{ carriesTrack: boolean; backlog: number; starved: number }> {
    return this.#page.evaluate(() => window.line.facts());
  }

  /** Harmless when repeated, and when none is open. */
  async close(): Promise<void> {
    await this.#page.evaluate(() => window.line.close());
  }

  notClosed(): Promise<number> {
    return this.#page.evaluate(() => window.line.notClosed());
  }
}

function toBase64(samples: Int16Array): string {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64');
}
