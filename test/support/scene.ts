/** Everything a browser test needs, up and paired: relay with its local engine, a page to talk about, the built extension. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer';
import type { Settings } from '../../lib/protocol/settings.ts';
import type { Environment } from '../../relay/settings/config.ts';
import type { Mind } from '../../relay/local/mind/mind.ts';
import { startSoundServer, type SoundServer } from '../faults/sound/server.ts';
import { builtExtension, launchBrowser, type BrowserOptions } from './browser.ts';
import { openExtension, type Extension } from './extension.ts';
import { Faults } from './faults.ts';
import { durationS, speakClips, usualLeadS, writeClips } from './microphone.ts';
import { noiseScene, type NoiseKind } from './noises.ts';
import { otherVoices, type Accent } from './other-voices.ts';
import { startTestRelay, type RunningRelay } from './relay.ts';
import { relaySettings, wayOfTests, type Way } from './way.ts';

export interface SceneOptions extends Omit<BrowserOptions, 'headless' | 'microphone'> {
  headless?: boolean;
  /** What the person says, each sentence with the silence before it, in seconds. Default: nothing. */
  says?: Said[];
  /** Seconds from the opening of the microphone to the first sentence. Default: when the call is up. */
  leadS?: number;
  /** Without sentences: what the microphone is otherwise; `room`: one of an own PulseAudio, `scene.sound`. Default `quiet`. */
  microphone?: 'quiet' | 'dead' | 'none' | 'room';
  /** The page in view. */
  html?: string;
  settings?: Partial<Omit<Settings, 'version'>>;
  /** `none`: the settings point at nobody. */
  relay?: 'local' | 'none';
  /** The relay's settings. */
  relayEnv?: Environment;
  /** The way that spoken calls take. Default: the one that all tests are run over. */
  way?: Way | null;
  /** Opens the engine's control API: `scene.engine`. */
  control?: boolean;
  /** False: the person has not agreed yet to what is recorded, read and sent. */
  agreed?: boolean;
  /** Answers in the engine's place, to typed words: the engine has neither ears nor a voice then. */
  mind?: Mind;
  /** Whose name the engine goes by: `openai` has it cost money. Default `local`. */
  provider?: string;
}

/** A sentence, in English unless its voice speaks something else, or seconds of a noise. */
export type Said = ({ text: string; accent?: Accent } | { noise: NoiseKind; seconds: number }) & { afterS?: number };

export interface Scene {
  browser: Browser;
  extension: Extension;
  page: Page;
  relay: RunningRelay;
  /** What the relay has logged, a line each. */
  relayLog: string[];
  /** With a microphone in a `room`. */
  sound: SoundServer | null;
  /** Answers where `control` was asked for. */
  readonly engine: Faults;
  /** Kills the browser, as a crash or a power cut would, and starts it again with the same profile. */
  restartBrowser(): Promise<void>;
  /** Loads the extension again, as a person does after it has crashed. */
  reloadExtension(): Promise<void>;
  /** Rejects when an error was caught by nobody in any context of the extension. */
  close(): Promise<void>;
}

export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const {
    says = [],
    html = '<title>Nothing</title>',
    settings = {},
    relay: which = 'local',
    leadS = usualLeadS,
    control = false,
    mind,
    agreed = true,
    provider = 'local',
    relayEnv = {},
    way = wayOfTests,
    ...browserOptions
  } = options;
  const folder = await mkdtemp(join(tmpdir(), 'parley-scene-'));
  const relayLog: string[] = [];
  const closers: (() => Promise<unknown>)[] = [
    () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  ];
  const checks: (() => void)[] = [];
  const close = async () => {
    for (const each of closers.splice(0).toReversed()) await each();
    for (const check of checks.splice(0)) check();
  };
  try {
    const relay =
      which === 'local'
        ? await startTestRelay({ ...relaySettings(way), ...relayEnv }, (line) => relayLog.push(line), {
            control,
            provider,
            ...(mind ? { mind } : {}),
          })
        : nobody;
    closers.push(() => relay.close());
    const site = await servePage(html);
    closers.push(() => site.close());
    const inRoom = options.microphone === 'room';
    const sound = inRoom ? await startSoundServer() : null;
    closers.push(async () => sound?.close());
    const microphone =
      says.length > 0 ? await record(join(folder, 'says.wav'), says, leadS) : (options.microphone ?? 'quiet');
    const heldExtension = async (browser: Browser, fresh: boolean) => {
      const extension = await openExtension(browser, { agreed, fresh });
      checks.push(() => extension.uncaught.check());
      return extension;
    };
    const open = async (fresh: boolean) => {
      const profile = join(folder, 'profile');
      const browser = await launchBrowser({
        headless: true,
        ...browserOptions,
        microphone: inRoom ? 'real' : microphone,
        env: { ...sound?.env, ...browserOptions.env },
        profile,
      });
      closers.push(() => browser.close());
      const extension = await heldExtension(browser, fresh);
      const { url, deviceToken } = relay;
      if (fresh) await extension.writeSettings({ relay: { url, deviceToken }, language: 'en', ...settings });
      // From a grant on Parley knows that this relay takes offers.
      if (fresh && way === 'call' && which === 'local')
        await extension.send({ type: 'test-relay', relayUrl: url, deviceToken });
      const page = (await browser.pages())[0] ?? (await browser.newPage());
      await page.goto(site.url);
      await page.bringToFront();
      return { browser, extension, page };
    };
    const scene: Scene = {
      ...(await open(true)),
      relay,
      relayLog,
      sound,
      engine: new Faults(relay.control ?? { baseUrl: `${nobody.url}/v1`, key: '' }),
      async restartBrowser() {
        const running = scene.browser.process()!;
        const gone = once(running, 'exit');
        running.kill('SIGKILL');
        await gone;
        Object.assign(scene, await open(false));
      },
      async reloadExtension() {
        await scene.browser.installExtension(browserOptions.extensionDir ?? builtExtension);
        scene.extension = await heldExtension(scene.browser, false);
      },
      close,
    };
    return scene;
  } catch (error) {
    await close();
    throw error;
  }
}

const otherVoicesRate = 24_000;

const nobody: RunningRelay = {
  url: 'http://127.0.0.1:9',
  provider: 'nobody',
  deviceToken: 'nobody',
  close: () => Promise.resolve(),
};

async function record(path: string, says: Said[], leadS: number): Promise<string> {
  const english = says.flatMap((each) => ('text' in each && !each.accent ? [each.text] : []));
  const spoken = await speakClips(english);
  const others = says.some((each) => 'text' in each && each.accent) ? await otherVoices() : null;
  const clips = says.map((each) => {
    if (!('text' in each)) return noiseScene(each.noise, each.seconds, 1);
    if (!each.accent) return spoken.shift()!;
    if (!others) throw new Error('There is no voice for other languages: the optional package is not installed.');
    return { samples: others(each.text, each.accent, otherVoicesRate), rate: otherVoicesRate };
  });
  let atS = leadS;
  const placed = clips.map((clip, index) => {
    atS += says[index]?.afterS ?? 0;
    const startsAt = atS;
    atS += durationS(clip);
    return { clip, atS: startsAt };
  });
  await writeClips(path, placed);
  return path;
}

export async function servePage(html: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
