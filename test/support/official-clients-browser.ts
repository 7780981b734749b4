/** A browser with a page of OpenAI's own clients in it, for tests that drive them from Node. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { launch, type Browser, type Page } from 'puppeteer';
import { build } from 'vite';
import { findBrowser } from './browser.ts';
import { startListening, type Listening } from './listen.ts';
import { OfficialCall, type HistoryItem, type ServerEvent, type Sound, type Wish } from './official-call.ts';
import type { PageCall } from './official-clients-page.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface ClientsBrowser {
  connect(client: 'connectOpenai' | 'connectAgents', call: PageCall): Promise<OfficialCall>;
  page: Page;
  close(): Promise<void>;
}

/** Null, after a line that says so, where there is no browser. */
export async function browserForClients(): Promise<string | null> {
  const path = await findBrowser();
  if (!path) console.warn('Official clients in a browser: skipped, because no browser was found (CHROME_PATH).');
  return path;
}

export async function openClients(executablePath: string): Promise<ClientsBrowser> {
  const hasNetwork = Object.values(networkInterfaces()).some((each) => each?.some(({ internal }) => !internal));
  const server = await servePage(await bundle('test/support/official-clients-page.ts'));
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
  const page = await newPage(browser, server);
  let current: BrowserCall | undefined;
  await page.exposeFunction('took', (text: string) => current?.take(text));
  await page.exposeFunction('erred', (text: string) => current?.fail(text));
  return {
    page,
    connect: async (client, call) => {
      current = new BrowserCall(page);
      await page.evaluate((name, given) => window[name](given), client, call);
      await current.listen();
      return current;
    },
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

class BrowserCall extends OfficialCall {
  readonly transport = 'webrtc';
  readonly #page: Page;
  #listening: Listening | undefined;

  constructor(page: Page) {
    super();
    this.#page = page;
  }

  async listen(): Promise<void> {
    this.#listening = await startListening(this.#page);
  }

  take(text: string): void {
    this.took(text);
  }

  fail(text: string): void {
    this.erred(JSON.parse(text));
  }

  async types(text: string): Promise<void> {
    await this.#page.evaluate((typed) => window.client.types(typed), text);
  }

  async speaks(samples: Int16Array): Promise<void> {
    const base64 = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64');
    await this.#page.evaluate((sound) => window.speak(sound), base64);
  }

  async interrupt(): Promise<void> {
    await this.#page.evaluate(() => window.client.interrupt());
  }

  async send(event: ServerEvent): Promise<void> {
    await this.#page.evaluate((given) => window.client.send(given), event);
  }

  heard(): Sound {
    return this.#listening?.heard() ?? { samples: new Float32Array(0), rate: 24_000 };
  }

  async history(): Promise<HistoryItem[] | null> {
    return this.#page.evaluate(() => window.client.history());
  }

  async close(): Promise<void> {
    await this.#page.evaluate(() => window.client.close());
    await this.#listening?.stop();
  }
}

/** A key and a session for the page, without what only Node needs. */
export function pageCall(baseUrl: string, key: string, { answers, toolOutput }: Wish): PageCall {
  return {
    baseUrl,
    key,
    ...(answers === undefined ? {} : { answers }),
    ...(toolOutput === undefined ? {} : { toolOutput }),
  };
}

/** One script of it all, as a page would load it. */
async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      write: false,
      minify: false,
      rollupOptions: { input: `${root}/${entry}`, output: { format: 'es', codeSplitting: false } },
    },
  });
  const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  const script = outputs.find((output) => output.type === 'chunk');
  if (script?.type !== 'chunk') throw new Error('The clients could not be bundled');
  return script.code;
}

async function servePage(script: string): Promise<Server> {
  const served = createServer((request, response) => {
    const isScript = request.url === '/clients.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : '<!doctype html><body><script type="module" src="/clients.js"></script></body>');
  });
  await new Promise<void>((resolve) => served.listen(0, '127.0.0.1', resolve));
  return served;
}

async function newPage(browser: Browser, server: Server): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.waitForFunction(() => 'connectAgents' in window);
  return page;
}
