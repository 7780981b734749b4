/** What a person sees when the moderation of their relay stops a call. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openScene, type Scene } from '../support/scene.ts';
import { isLive } from './lines.ts';
import { lighthouse } from './pages.ts';

let hook: Server;
let env: Record<string, string>;
beforeAll(async () => {
  hook = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += String(piece);
    const { input } = JSON.parse(text) as { input: string[] };
    response.end(JSON.stringify({ results: input.map((each) => ({ flagged: /teapot/i.test(each) })) }));
  });
  await once(hook.listen(0, '127.0.0.1'), 'listening');
  const { port } = hook.address() as AddressInfo;
  env = { MODERATION: `http://127.0.0.1:${port}/look`, MODERATION_KEY: 'key-of-the-hook' };
});
afterAll(() => void hook.close());

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

it.each([
  ['that the relay opened', 'call'],
  ['through the relay', 'grant'],
] as const)('a call %s is ended for what was said, says so, and is not tried again', async (_name, way) => {
  scene = await openScene({ html: lighthouse, way, relayEnv: env, control: true });
  const { extension, page, engine } = scene;
  const popup = await extension.clickToolbar(page);
  await extension.waitForSnapshot(isLive, 20_000, 'the call');
  await extension.send({ type: 'say', text: 'Where is the teapot?' });
  const { fault } = await extension.waitForSnapshot(({ phase }) => phase === 'failed', 30_000, 'the end');
  expect(fault).toMatchObject({ code: 'relay-moderated' });
  await popup.waitForFunction(() => document.body.innerText.includes('stopped this call for what was said'));
  await expect.poll(async () => (await engine.calls()).length).toBe(0);
});
