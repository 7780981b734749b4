import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openScene, type Scene } from '../support/scene.ts';

let scene: Scene | undefined;
const closers: (() => void)[] = [];
afterEach(async () => {
  await scene?.close();
  scene = undefined;
  for (const close of closers.splice(0)) close();
});

/** Presses the icon and returns what the popup says; the microphone must be off, because the call document is gone. */
async function pressAndRead({ extension, page }: Scene, code: string): Promise<string> {
  const popup = await extension.clickToolbar(page);
  const { fault } = await extension.waitForSnapshot(({ phase }) => phase === 'failed', 15_000, 'the call to fail');
  expect(fault?.code).toBe(code);
  await expect.poll(() => extension.hasOffscreen(), { timeout: 5000 }).toBe(false);
  const alert = await popup.waitForSelector('[role=alert]');
  return (await alert?.evaluate((element) => element.textContent)) ?? '';
}

describe('with a relay that does not work, the popup says what is wrong and the microphone is off', () => {
  it('when nobody is there', async () => {
    scene = await openScene({ relay: 'none' });
    expect(await pressAndRead(scene, 'relay-unreachable')).toMatch(/relay did not answer/i);
  });

  it('when the device token is wrong', async () => {
    scene = await openScene();
    await scene.extension.writeSettings({ relay: { url: scene.relay.url, deviceToken: 'not-the-token' } });
    expect(await pressAndRead(scene, 'relay-refused')).toMatch(/token/i);
  });

  it.each([
    ['a web page', { 'Content-Type': 'text/html', 'Access-Control-Allow-Origin': '*' }, '<h1>It works!</h1>'],
    ['garbage', { 'Access-Control-Allow-Origin': '*' }, '{"value":"ek_'],
    ['a server that does not know us', {}, 'hello'],
  ])('when %s answers there', async (_, headers, body) => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'Access-Control-Allow-Headers': 'authorization, content-type', ...headers } as never);
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => server.close());
    scene = await openScene({ relay: 'none' });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await scene.extension.writeSettings({ relay: { url, deviceToken: 'token' } });
    expect(await pressAndRead(scene, 'relay-not-a-relay')).toMatch(/not .*relay/i);
  });
});

it('the test in the options names the relay that works, and what is wrong with one that does not', async () => {
  scene = await openScene();
  const { extension, relay } = scene;
  expect(
    await extension.send({ type: 'test-relay', relayUrl: relay.url, deviceToken: relay.deviceToken }),
  ).toMatchObject({
    provider: 'local',
  });
  await expect(extension.send({ type: 'test-relay', relayUrl: relay.url, deviceToken: 'x' })).rejects.toThrow(
    'relay-refused',
  );
  // What was opened for the test is closed again.
  await expect.poll(() => extension.hasOffscreen(), { timeout: 5000 }).toBe(false);
});
