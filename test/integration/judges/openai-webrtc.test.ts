/** `openai/realtime/webrtc`, in Chromium. */
import { afterAll, beforeAll, describe } from 'vitest';
import {
  browserForClients,
  openClients,
  pageCall,
  type ClientsBrowser,
} from '../../support/official-clients-browser.ts';
import { finishesEverything, mint, sessionFor } from '../../support/official-clients.ts';

const executablePath = await browserForClients();

describe.skipIf(!executablePath)('The openai client over WebRTC finishes', () => {
  let browser: ClientsBrowser;
  beforeAll(async () => {
    browser = await openClients(executablePath!);
  });
  afterAll(async () => browser?.close());

  finishesEverything({
    connect: async (engine, wish) => {
      const key = wish.key ?? (await mint(engine, sessionFor(wish)));
      return browser.connect('connectOpenai', pageCall(engine.baseUrl, key, wish));
    },
  });
});
