/** The peer in a call with our engine, as `openScene` has it for ours. */
import type { Page } from 'puppeteer';
import { startLocalEngine } from '../../../relay/local/engine-process.ts';
import { launchBrowser } from '../../support/browser.ts';
import { Faults } from '../../support/faults.ts';
import { bundle, serveScripts } from '../../support/page-bundle.ts';
import { mint } from '../../support/realtime-peer.ts';
import { until } from '../until.ts';
import type { PeerSeen } from './page.ts';

export interface PeerScene {
  engine: Faults;
  /** Connects it, and has a first answer. */
  start(): Promise<void>;
  seen(): Promise<PeerSeen[]>;
  /** Types a question. False: it takes none. */
  types(): Promise<boolean>;
  close(): Promise<void>;
}

let script: Promise<string> | undefined;

export async function openPeerScene(): Promise<PeerScene> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const each of closers.splice(0).toReversed()) await each();
  };
  try {
    const engine = await startLocalEngine({ control: true });
    closers.push(() => engine.close());
    const site = await serveScripts({ 'page.js': await (script ??= bundle('test/faults/peers/page.ts')) });
    closers.push(() => site.close());
    const browser = await launchBrowser({
      headless: true,
      extraArgs: ['--autoplay-policy=no-user-gesture-required'],
    });
    closers.push(() => browser.close());
    const page = await browser.newPage();
    await page.goto(site.url);
    await page.waitForFunction(() => 'startAgents' in window);
    const seen = () => page.evaluate(() => window.agentsSeen);
    const types = () => page.evaluate(() => window.typeToAgents('How much is a ticket?'));
    return {
      engine: new Faults(engine),
      seen,
      types,
      close,
      async start() {
        await connect(page, engine.baseUrl, await mint(engine));
        await types();
        const isAnswered = async () => (await seen()).some(({ what }) => what === 'answer');
        if (!(await until(isAnswered, 30_000))) throw new Error('The peer was not answered.');
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function connect(page: Page, baseUrl: string, key: string): Promise<void> {
  return page.evaluate((url, secret) => window.startAgents(url, secret), baseUrl, key);
}
