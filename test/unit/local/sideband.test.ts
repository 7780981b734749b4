import { afterEach, describe, expect, it } from 'vitest';
import { openGate, type Gate } from '../../../relay/local/line/gate.ts';
import { createMind } from '../../../relay/local/mind/mind.ts';
import { Call, type Companion } from '../../../relay/local/peer/call.ts';
import type { PeerHandlers } from '../../../relay/local/peer/peer.ts';
import { defaultConfig } from '../../../relay/local/session/config.ts';
import { scriptedHearing, scriptedSpeaking } from '../../support/engine-script.ts';

const calls: Call[] = [];
afterEach(() => calls.splice(0).forEach((call) => call.close()));

/** A call whose browser is a list of the events it got, and not there before `browserComes`. */
function made(gate: Gate = openGate) {
  const browser: string[] = [];
  let handlers: PeerHandlers | undefined;
  const call = new Call({
    config: defaultConfig('sess_test'),
    hearing: scriptedHearing([]),
    speaking: scriptedSpeaking(40),
    mind: createMind(),
    log: () => {},
    gate,
    createPeer: (given) => {
      handlers = given;
      return {
        accept: async () => '',
        sendFrame: () => {},
        sendText: (text) => browser.push(JSON.parse(String(text)).type),
        closeChannel: () => {},
        close: () => {},
      };
    },
    opus: {
      createEncoder: () => ({ encode: () => new Uint8Array(1), free: () => {} }),
      createDecoder: () => ({
        decode: () => new Float32Array(320),
        conceal: () => new Float32Array(0),
        free: () => {},
      }),
    },
    onClosed: () => {},
  });
  calls.push(call);
  const join = () => {
    const seen: string[] = [];
    const companion = call.join({
      onText: (text) => seen.push(JSON.parse(text).type),
      onClose: () => seen.push('end'),
    });
    return { seen, companion };
  };
  return {
    call,
    browser,
    join,
    browserComes: () => handlers!.onOpen(),
    browserSays: (text: string) => handlers!.onText(text),
    browserSounds: (sequence: number) => handlers!.onFrame(new Uint8Array(1), sequence),
  };
}

const update = JSON.stringify({ type: 'session.update', session: { type: 'realtime' } });
const says = (companion: Companion): void => companion.receive(update);

describe('A sideband', () => {
  it('that comes before the browser is heard when the session begins', () => {
    const { browser, join, browserComes } = made();
    const { seen, companion } = join();
    says(companion);
    expect(seen).toEqual([]);
    browserComes();
    expect(seen).toEqual(['session.created', 'session.updated']);
    expect(browser).toEqual(seen);
  });

  it('that comes later learns of the session first, and nobody else does again', () => {
    const { browser, join, browserComes, browserSays } = made();
    browserComes();
    const { seen } = join();
    browserSays(update);
    expect(seen).toEqual(['session.created', 'session.updated']);
    expect(browser).toEqual(['session.created', 'session.updated']);
  });

  it('that leaves sees no more; one that stays sees the end', () => {
    const { call, join, browserComes } = made();
    const [first, second] = [join(), join()];
    browserComes();
    first.companion.leave();
    expect(call.companions).toBe(1);
    call.close();
    expect(first.seen).toEqual(['session.created']);
    expect(second.seen).toEqual(['session.created', 'end']);
  });

  it('goes through the same gate as the browser', () => {
    const passed: string[] = [];
    const { browser, join, browserComes } = made({
      ...openGate,
      toClient: (text, send) => {
        send(text);
        send(text);
      },
      toSession: (text, receive) => {
        passed.push(text);
        receive(text);
      },
    });
    browserComes();
    const { seen, companion } = join();
    says(companion);
    expect(passed).toEqual([update]);
    expect(browser).toEqual(['session.created', 'session.created', 'session.updated', 'session.updated']);
    expect(seen).toEqual(browser);
  });
});

it('Sound that comes before the data channel is open is the session’s from its beginning', () => {
  let heard = 0;
  const { browserComes, browserSounds } = made({ ...openGate, heard: ({ length }) => (heard += length) });
  for (let packet = 0; packet < 5; packet += 1) browserSounds(packet);
  expect(heard).toBe(0);
  browserComes();
  browserSounds(5);
  expect(heard).toBe(6 * 320);
});
