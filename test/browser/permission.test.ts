import { afterEach, describe, expect, it } from 'vitest';
import { openScene, type Scene } from '../support/scene.ts';
import { linesOf } from './lines.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

/** As the person answers the browser's own prompt, or changes their mind in its settings. It holds while the session lives. */
async function setMicrophone({ browser, extension }: Scene, setting: 'granted' | 'denied'): Promise<void> {
  const session = await browser.target().createCDPSession();
  const origin = `chrome-extension://${extension.id}`;
  if (setting === 'granted') await session.send('Browser.grantPermissions', { permissions: ['audioCapture'], origin });
  else await session.send('Browser.setPermission', { permission: { name: 'microphone' }, setting, origin });
}

const permissionPage = ({ browser, extension }: Scene) =>
  browser.waitForTarget((target) => target.url().startsWith(extension.url('microphone.html')), { timeout: 10_000 });

describe('the microphone permission', () => {
  it('is asked on a page of its own; denied, the call says so; granted, the next one starts', async () => {
    scene = await openScene({ permission: 'ask' });
    const { extension, page } = scene;
    const popup = await extension.clickToolbar(page);
    await extension.waitForSnapshot(({ phase }) => phase === 'asking-permission', 10_000, 'the question');
    const asking = await (await permissionPage(scene)).asPage();

    await setMicrophone(scene, 'denied');
    await asking.locator('button.primary').click();
    const { fault } = await extension.waitForSnapshot(({ phase }) => phase === 'failed', 10_000, 'the refusal');
    expect(fault?.code).toBe('microphone-denied');
    const alert = await popup.waitForSelector('[role=alert]').catch(() => null);
    if (alert) expect(await alert.evaluate((element) => element.textContent)).toMatch(/microphone/i);

    await setMicrophone(scene, 'granted');
    await extension.send({ type: 'start', microphone: true });
    await extension.waitForSnapshot(({ phase }) => phase === 'live', 15_000, 'the call');
  });

  it('granted on the page, the waiting call goes on by itself and the page closes', async () => {
    scene = await openScene({ permission: 'ask' });
    const { extension, page } = scene;
    await extension.clickToolbar(page);
    const target = await permissionPage(scene);
    const asking = await target.asPage();
    const closed = new Promise<void>((resolve) => asking.once('close', () => resolve()));
    await setMicrophone(scene, 'granted');
    // The page may have seen the change by itself and asked already.
    await asking
      .locator('button.primary')
      .setTimeout(1000)
      .click()
      .catch(() => undefined);
    await extension.waitForSnapshot(({ phase }) => phase === 'live', 15_000, 'the call');
    await closed;
  });

  it('taken back in mid-call leaves a call that is written, and one that listens when it is given back', async () => {
    scene = await openScene({ permission: 'ask', html: lighthouse });
    const { extension, page } = scene;
    await setMicrophone(scene, 'granted');
    const popup = await extension.clickToolbar(page);
    await extension.waitForSnapshot((seen) => seen.phase === 'live' && seen.turn === 'listening', 20_000, 'the call');
    await setMicrophone(scene, 'denied');
    const { phase, turn } = await extension.waitForSnapshot(
      ({ microphoneTrouble }) => microphoneTrouble === 'blocked',
      10_000,
      'the reason',
    );
    expect([phase, turn]).toEqual(['live', 'waiting']);
    await popup.locator('::-p-text(no longer allows the microphone)').wait();
    await extension.send({ type: 'say', text: 'How much is a ticket?' });
    await extension.waitForSnapshot(
      (seen) => linesOf(seen, 'assistant').some(({ state }) => state === 'final'),
      30_000,
      'an answer',
    );
    await setMicrophone(scene, 'granted');
    await extension.waitForSnapshot(
      (seen) => seen.turn === 'listening' && seen.microphoneTrouble === null,
      20_000,
      'an open ear',
    );
  });

  it('is no help without a microphone: that has its own words', async () => {
    scene = await openScene({ microphone: 'none' });
    await scene.extension.clickToolbar(scene.page);
    const { fault } = await scene.extension.waitForSnapshot(({ phase }) => phase === 'failed', 10_000, 'the failure');
    expect(fault?.code).toBe('microphone-missing');
  });
});
