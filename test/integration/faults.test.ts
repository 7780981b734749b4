/** Each fault of the table reaches a client, over each transport that it is for; and what it did is over with it. */
import * as rtc from 'node-datachannel';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type Engine } from '../../relay/local/engine.ts';
import { everywhere, type Transport } from '../../relay/local/faults/kind.ts';
import { faultNames, isFaultName, kindOf } from '../../relay/local/faults/list.ts';
import { scriptedHearing, scriptedSpeaking } from '../support/engine-script.ts';
import { Faults } from '../support/faults.ts';
import { ask, dial, event, types, type TestClient } from './faults/client.ts';
import { eventShows } from './faults/event-shows.ts';
import { httpShows } from './faults/http-shows.ts';
import { lineShows } from './faults/line-shows.ts';
import { sessionShows } from './faults/session-shows.ts';
import type { Shows, World } from './faults/world.ts';

const KEY = 'sk-local-faults';
const shows: Shows = { ...httpShows, ...eventShows, ...sessionShows, ...lineShows };

/** Ears that know loud from quiet and understand the same words every time. */
const hearing = {
  ...scriptedHearing([]),
  openVad: () => ({
    push: async (frame: Float32Array) =>
      Math.sqrt(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length) > 0.05 ? 0.9 : 0.01,
    reset: () => {},
    close: () => {},
  }),
  recognise: async () => ({ text: 'When does the next train leave?' }),
};

let engine: Engine;
let faults: Faults;
const clients: TestClient[] = [];

beforeAll(async () => {
  engine = await startEngine({
    key: KEY,
    control: true,
    seed: 7,
    hearing,
    speaking: scriptedSpeaking(60),
    mind: { think: () => ({ say: 'The next train to London leaves at nine from platform four.' }) },
  });
  faults = new Faults({ baseUrl: engine.baseUrl, key: KEY });
});

afterEach(async () => {
  await faults.remove();
  for (const client of clients.splice(0)) client.close();
  // The next one's calls are the only ones.
  while (engine.faults!.calls().length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
});

afterAll(async () => {
  await engine?.close();
  rtc.cleanup();
});

function world(transport: Transport): World {
  return {
    engine: { baseUrl: engine.baseUrl, key: KEY },
    faults,
    transport,
    dial: async (session) => {
      const client = await dial(transport, { baseUrl: engine.baseUrl, key: KEY }, session);
      clients.push(client);
      return client;
    },
  };
}

describe.each(faultNames)('%s', (name) => {
  const demonstrations = Object.entries(shows[name] ?? {});
  it('has a test', () => expect(demonstrations).not.toEqual([]));

  const { transports } = kindOf(name);
  for (const transport of transports ?? (['webrtc'] as const)) {
    describe.runIf(demonstrations.length > 0)(transports ? `over ${transport}` : 'over HTTP', () => {
      it.each(demonstrations)('%s', async (_title, show) => show(world(transport)));
    });
  }
});

it('has no test for what is not in the table', () => {
  expect(Object.keys(shows).filter((name) => !isFaultName(name))).toEqual([]);
});

describe.each(everywhere)('A call over %s', (transport) => {
  it('is as ever when nothing is asked for', async () => {
    const client = await world(transport).dial();
    ask(client);
    const done = await event(client, 'response.done');
    expect(done['response'].status).toBe('completed');
    expect(types(client)).not.toContain('error');
    expect((await faults.calls()).map(({ faults: set, packets }) => [set, packets])).toEqual([[[], null]]);
  });

  it('is reached by a fault that is meant for it alone', async () => {
    const [first, second] = [await world(transport).dial(), await world(transport).dial()];
    const [call] = await faults.calls();
    await faults.add('send-events', {}, { calls: call!.id });
    await event(first, 'session.future_feature');
    ask(second);
    await event(second, 'response.done');
    expect(types(second)).not.toContain('session.future_feature');
  });

  it('takes the fault that waits for the next one, and leaves none for the one after', async () => {
    await faults.add('send-events', {}, { calls: 'next' });
    const [first, second] = [await world(transport).dial(), await world(transport).dial()];
    await event(first, 'session.future_feature');
    ask(second);
    await event(second, 'response.done');
    expect(types(second)).not.toContain('session.future_feature');
  });
});
