/** `@openai/agents-realtime` over WebRTC, in Chromium. */
import { afterAll, beforeAll, describe } from 'vitest';
import {
  browserForClients,
  openClients,
  pageCall,
  type ClientsBrowser,
} from '../../support/official-clients-browser.ts';
import { finishesEverything, mint } from '../../support/official-clients.ts';

const executablePath = await browserForClients();

describe.skipIf(!executablePath)('The agents SDK over WebRTC finishes', () => {
  let browser: ClientsBrowser;
  beforeAll(async () => {
    browser = await openClients(executablePath!);
  });
  afterAll(async () => browser?.close());

  finishesEverything({
    // It brings its whole session itself.
    connect: async (engine, wish) =>
      browser.connect('connectAgents', pageCall(engine.baseUrl, wish.key ?? (await mint(engine)), wish)),
  });
});
