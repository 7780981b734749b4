/**
 * Watches a browser for what nobody caught in a context of the extension: thrown, rejected, or out of a listener of ours.
 * Nothing is kept alive by it: a worker tells through the browser, and is not attached to.
 */
import type { Browser, CDPSession, Page, Protocol, Target } from 'puppeteer';

export class Uncaught {
  readonly #own: string;
  #seen: string[] = [];

  /** `page`: one of the extension `id` that lives as long as the browser. */
  static async watch(browser: Browser, id: string, page: Page): Promise<Uncaught> {
    const watch = new Uncaught(`chrome-extension://${id}/`);
    await watch.#watchWorker(await page.createCDPSession());
    browser.on('targetcreated', (target) => void watch.#watchTarget(target));
    await Promise.all(browser.targets().map((target) => watch.#watchTarget(target)));
    return watch;
  }

  constructor(own: string) {
    this.#own = own;
  }

  /** What was seen so far, once. For a test that means it. */
  take(): string[] {
    const seen = this.#seen;
    this.#seen = [];
    return seen;
  }

  /** Throws when there was anything. */
  check(): void {
    const seen = this.take();
    if (seen.length > 0) throw new Error(`Nobody caught this:\n${seen.join('\n')}`);
  }

  async #watchWorker(session: CDPSession): Promise<void> {
    session.on('ServiceWorker.workerErrorReported', ({ errorMessage: { errorMessage, sourceURL, lineNumber } }) => {
      if (isUncaught(errorMessage)) this.#see(`worker: ${errorMessage} (${sourceURL}:${lineNumber})`);
    });
    await session.send('ServiceWorker.enable');
  }

  /** Frames of ours in a page of somebody else's count too: the pill's world and the reader's. */
  async #watchTarget(target: Target): Promise<void> {
    if (!['page', 'background_page', 'webview', 'other'].includes(target.type())) return;
    try {
      const session = await target.createCDPSession();
      session.on('Runtime.exceptionThrown', ({ exceptionDetails }) => {
        if (target.url().startsWith(this.#own) || this.#isOurs(exceptionDetails))
          this.#see(`${target.url()}: ${told(exceptionDetails)}`);
      });
      session.on('Log.entryAdded', ({ entry: { text } }) => {
        if (isUncaught(text) && text.includes(this.#own)) this.#see(`${target.url()}: ${text}`);
      });
      // What was thrown before is told now.
      await Promise.all([session.send('Runtime.enable'), session.send('Log.enable')]);
    } catch {
      // It was gone before it could be watched.
    }
  }

  #isOurs({ url = '', stackTrace, exception }: Protocol.Runtime.ExceptionDetails): boolean {
    const frames = stackTrace?.callFrames.map((frame) => frame.url) ?? [];
    return [url, ...frames, exception?.description ?? ''].some((each) => each.includes(this.#own));
  }

  /** What is asked of a browser that is being closed is refused, and nobody is there to be told. */
  #see(what: string): void {
    if (!what.includes('The browser is shutting down')) this.#seen.push(what);
  }
}

/** In the browser's words; other errors that it tells are of requests, and of what we wrote ourselves. */
function isUncaught(text: string): boolean {
  return /^Uncaught|^Error in event handler/.test(text);
}

function told({ text, exception, url = '', lineNumber }: Protocol.Runtime.ExceptionDetails): string {
  return `${text} ${exception?.description ?? String(exception?.value)} (${url}:${lineNumber})`;
}
