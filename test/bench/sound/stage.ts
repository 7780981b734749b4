/** Everything a part needs, up and connected: engine, relay, pages, and one browser with ours and the peers in it. */
import type { Browser, Page } from 'puppeteer';
import { loadConfig } from '../../../relay/settings/config.ts';
import { createDevices, memoryStore } from '../../../relay/devices.ts';
import { createLog } from '../../../relay/log/log.ts';
import { startRelay } from '../../../relay/server.ts';
import { launchBrowser } from '../../support/browser.ts';
import { openExtension, type Extension } from '../../support/extension.ts';
import { mint } from '../../support/realtime-peer.ts';
import { startBenchEngine, type BenchEngine } from './engine.ts';
import { instrumentExtension } from './instrumented-extension.ts';
import { openNetwork, type Conditions, type Network } from './network/network.ts';
import { bundleScripts, type ScriptName } from './pages/bundle.ts';
import { servePages } from './pages/server.ts';

export interface Stage {
  browser: Browser;
  engine: BenchEngine;
  extension: Extension;
  deviceToken: string;
  /** Where the peers are loaded, in a tab of its own. */
  tab: Page;
  network(conditions: Conditions): Promise<Network>;
  close(): Promise<void>;
}

export interface StageOptions {
  /** A 48 kHz WAV, played from the moment a microphone is opened; see `test/support/microphone.ts`. */
  microphone: string;
  /** The assistant's answer to everything. */
  says: string;
  /** More for the pages, by their paths. */
  scripts?: Record<string, string>;
}

/** A run asks for more than a person in a day. */
const limits = {
  RATE_TOKEN_PER_MINUTE: '100000',
  RATE_TOKEN_PER_HOUR: '100000',
  RATE_ADDRESS_PER_MINUTE: '100000',
  RATE_GLOBAL_PER_MINUTE: '100000',
};

let bundled: Promise<Record<ScriptName, string>> | undefined;

export async function openStage({ microphone, says, scripts: more = {} }: StageOptions): Promise<Stage> {
  const closers: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (const each of closers.splice(0).toReversed()) await each();
  };
  try {
    const scripts = await (bundled ??= bundleScripts());
    const engine = await startBenchEngine(says, (line) => console.error(`engine: ${line}`));
    closers.push(() => engine.close());
    const devices = createDevices(memoryStore());
    const { token: deviceToken } = await devices.add('bench');
    const relay = await startRelay({
      config: loadConfig({ ...limits, PORT: '0' }),
      devices,
      log: createLog({ write: () => undefined, readable: true }),
      upstream: { baseUrl: engine.baseUrl, key: engine.key, provider: 'local' },
    });
    closers.push(() => relay.close());
    const pages = await servePages(scripts, () => mint(engine), more);
    closers.push(() => pages.close());
    const copy = await instrumentExtension(scripts);
    closers.push(() => copy.remove());
    const browser = await launchBrowser({
      headless: true,
      extensionDir: copy.dir,
      microphone,
      extraArgs: ['--autoplay-policy=no-user-gesture-required'],
    });
    closers.push(() => browser.close());
    const extension = await openExtension(browser);
    const tab = (await browser.pages())[0] ?? (await browser.newPage());
    const ports = { relay: Number(new URL(relay.url).port), engine: engine.port, pages: pages.port };
    return {
      browser,
      engine,
      extension,
      deviceToken,
      tab,
      network: (conditions) => openNetwork(ports, engine.key, conditions),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
