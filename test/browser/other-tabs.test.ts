import { afterEach, describe, expect, it } from 'vitest';
import { builtExtension } from '../support/browser.ts';
import { displayMissing, startDisplay, type Display } from '../support/display.ts';
import { openScene, servePage, type Scene } from '../support/scene.ts';
import { endsOfLine } from '../support/way.ts';

let scene: Scene | undefined;
let display: Display | undefined;
let music: Awaited<ReturnType<typeof servePage>> | undefined;
afterEach(async () => {
  await scene?.close();
  await display?.close();
  await music?.close();
  scene = undefined;
  display = undefined;
  music = undefined;
});

// Headless, the browser is mute as a whole, and no tab makes a sound.
const missing = displayMissing();

const tone = `<title>Music</title><script>
  const context = new AudioContext();
  const tone = context.createOscillator();
  tone.connect(context.destination);
  tone.start();
</script>`;

async function openWithMusic(muteOtherTabs: boolean): Promise<Scene> {
  music = await servePage(tone);
  display = await startDisplay();
  scene = await openScene({
    headless: false,
    control: true,
    display: display.name,
    settings: { muteOtherTabs },
    extraArgs: ['--autoplay-policy=no-user-gesture-required'],
  });
  return scene;
}

async function playMusic({ browser, page }: Scene): Promise<void> {
  const tab = await browser.newPage();
  await tab.goto(music!.url);
  await page.bringToFront();
}

/** Of the tabs that make a sound: are they muted? */
function mutes({ extension }: Scene, asked = extension.hidden): Promise<(boolean | undefined)[]> {
  return asked.evaluate(async () => {
    const tabs = await chrome.tabs.query({ audible: true });
    return tabs.map(({ mutedInfo }) => mutedInfo?.muted);
  });
}

async function startCall({ extension }: Scene): Promise<void> {
  await extension.send({ type: 'start', microphone: true });
  await extension.waitForSnapshot(({ phase }) => phase === 'live', 20_000, 'the call');
}

describe.skipIf(missing)(`other tabs that make a sound${missing ? ` (skipped: ${missing})` : ''}`, () => {
  it('are muted during the call, also those that begin in it, and sound again afterwards', async () => {
    const open = await openWithMusic(true);
    await playMusic(open);
    await expect.poll(() => mutes(open), { timeout: 10_000 }).toEqual([false]);
    await startCall(open);
    await expect.poll(() => mutes(open)).toEqual([true]);
    await playMusic(open);
    await expect.poll(() => mutes(open), { timeout: 10_000 }).toEqual([true, true]);
    await open.extension.send({ type: 'end' });
    await expect.poll(() => mutes(open)).toEqual([false, false]);
  });

  it('are left alone when the settings do not ask for it, and follow them during the call', async () => {
    const open = await openWithMusic(false);
    await playMusic(open);
    await expect.poll(() => mutes(open), { timeout: 10_000 }).toEqual([false]);
    await startCall(open);
    expect(await mutes(open)).toEqual([false]);
    await open.extension.writeSettings({ muteOtherTabs: true });
    await expect.poll(() => mutes(open)).toEqual([true]);
    await open.extension.writeSettings({ muteOtherTabs: false });
    await expect.poll(() => mutes(open)).toEqual([false]);
  });

  it.each([
    [
      'the worker was killed in mid-call',
      async ({ extension }: Scene) => {
        await extension.killWorker();
        await extension.send({ type: 'end' });
      },
    ],
    [
      'the line was lost for good',
      async ({ engine }: Scene) => {
        await engine.add('http-refuse', { status: 401 });
        await engine.add(endsOfLine[0]);
      },
    ],
    [
      'the call’s document was taken away',
      async ({ extension }: Scene) => {
        await extension.hidden.evaluate(() => chrome.offscreen.closeDocument());
        await extension.send({ type: 'hello' });
      },
    ],
  ])('sound again after %s', async (_, end) => {
    const open = await openWithMusic(true);
    await playMusic(open);
    await expect.poll(() => mutes(open), { timeout: 10_000 }).toEqual([false]);
    await startCall(open);
    await expect.poll(() => mutes(open)).toEqual([true]);
    await end(open);
    await expect.poll(() => mutes(open), { timeout: 40_000 }).toEqual([false]);
  });

  it('sound again after the extension was reloaded', async () => {
    const open = await openWithMusic(true);
    await playMusic(open);
    await expect.poll(() => mutes(open), { timeout: 10_000 }).toEqual([false]);
    await startCall(open);
    await expect.poll(() => mutes(open)).toEqual([true]);
    await open.browser.installExtension(builtExtension);
    const page = await open.extension.openPage('options');
    await expect.poll(() => mutes(open, page), { timeout: 10_000 }).toEqual([false]);
  });
});
