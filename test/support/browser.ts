/** Starts a real browser with the built extension in it. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch, type Browser } from 'puppeteer';
import { extensionId } from '../../lib/protocol/identity.ts';
import { findInstalledBrowser } from './browser-places.mjs';
import { deadMicrophone, quietRoom, writeMicrophone } from './microphone.ts';

/** What `wxt build` leaves. */
export const builtExtension = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url));

/** Path of the browser's program, or null. Throws when `CHROME_PATH` leads nowhere. */
export async function findBrowser(): Promise<string | null> {
  return findInstalledBrowser();
}

export interface BrowserOptions {
  headless: boolean;
  /** Folder of an unpacked extension. Default: the built one. */
  extensionDir?: string;
  /**
   * What getUserMedia hears: a 48 kHz mono WAV, played once from the moment a microphone is opened (see `microphone.ts`);
   * `quiet`, a room in which nobody speaks; `dead`, exact zeros; `real`, what the machine has; `none`, no microphone (on
   * Linux; elsewhere what the machine has). Default: `quiet`.
   */
  microphone?: string;
  /** `granted` answers the permission prompt by itself; `ask` leaves it as a person meets it. Default: `granted`. */
  permission?: 'granted' | 'ask';
  /** Developer mode, without which the browser does not let an unpacked extension reload itself. */
  developer?: boolean;
  /** An X display such as `:99`, for a window without a screen. */
  display?: string;
  extraArgs?: string[];
  /** Folder of the profile, which stays when the browser has ended: for one that starts again. Default: a new one. */
  profile?: string;
  /** Over the environment of this process. */
  env?: Record<string, string>;
}

/** A new profile is removed when the browser has ended; `close()` on what is returned ends everything. */
export async function launchBrowser(options: BrowserOptions): Promise<Browser> {
  const executablePath = await findBrowser();
  if (!executablePath)
    throw new Error('There is no browser: set CHROME_PATH, or run `node test/support/setup.mjs install`.');
  const extensionDir = options.extensionDir ?? builtExtension;
  if (!existsSync(join(extensionDir, 'manifest.json'))) {
    throw new Error(`There is no extension in ${extensionDir}: run \`npm run build\`.`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'parley-browser-'));
  const profile = options.profile ?? join(folder, 'profile');
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  try {
    await writePreferences(profile, options);
    const browser = await launch({
      executablePath,
      headless: options.headless,
      pipe: true,
      enableExtensions: [extensionDir],
      userDataDir: profile,
      args: [...commonArgs(), ...(await microphoneArgs(options, folder)), ...(options.extraArgs ?? [])],
      // In a window a person should see their browser, not a banner about automation.
      ...(options.headless
        ? {}
        : { ignoreDefaultArgs: ['--enable-automation', '--mute-audio'], defaultViewport: null }),
      env: { ...process.env, ...displayOf(options), ...soundOf(options), ...options.env },
      // Whoever starts a browser also ends it, in order; puppeteer's own handlers would exit first.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    browser.process()?.once('exit', () => void remove());
    return closingTwice(browser, remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

/** In a window the icon should be where a person looks for it, and not behind the puzzle piece. */
async function writePreferences(profile: string, { headless, developer = false }: BrowserOptions): Promise<void> {
  const extensions = {
    ...(headless ? {} : { pinned_extensions: [extensionId] }),
    ...(developer ? { ui: { developer_mode: true } } : {}),
  };
  if (Object.keys(extensions).length === 0) return;
  await mkdir(join(profile, 'Default'), { recursive: true });
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify({ extensions }));
}

/** `close()` waits until the profile is gone too, and may be called again. */
function closingTwice(browser: Browser, remove: () => Promise<void>): Browser {
  const end = browser.close.bind(browser);
  let ended: Promise<void> | undefined;
  browser.close = () =>
    (ended ??= end()
      .catch(() => undefined)
      .then(remove));
  return browser;
}

function commonArgs(): string[] {
  return [
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    // A machine with nothing but loopback: Chrome would gather no candidates.
    ...(hasNetwork() ? [] : ['--allow-loopback-in-peer-connection']),
  ];
}

function hasNetwork(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ internal }) => !internal));
}

function displayOf({ display }: BrowserOptions): Record<string, string> {
  return display ? { DISPLAY: display } : {};
}

/** Chrome has no switch for "no microphone": it finds none where neither PulseAudio nor ALSA answers. */
function soundOf({ microphone }: BrowserOptions): Record<string, string> {
  return microphone === 'none' ? { PULSE_SERVER: 'unix:/dev/null', ALSA_CONFIG_PATH: '/dev/null' } : {};
}

async function microphoneArgs(options: BrowserOptions, folder: string): Promise<string[]> {
  const { microphone = 'quiet', permission = 'granted' } = options;
  const answer = permission === 'granted' ? ['--use-fake-ui-for-media-stream'] : [];
  if (microphone === 'real' || microphone === 'none') return answer;
  const fake = [...answer, '--use-fake-device-for-media-stream'];
  if (microphone !== 'quiet' && microphone !== 'dead')
    return [...fake, `--use-file-for-fake-audio-capture=${microphone}%noloop`];
  const file = join(folder, 'microphone.wav');
  await writeFile(file, writeMicrophone(microphone === 'dead' ? deadMicrophone(1) : quietRoom(2)));
  return [...fake, `--use-file-for-fake-audio-capture=${file}`];
}
