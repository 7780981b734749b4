import { describe, expect, it } from 'vitest';
import { diagnosticsText, type Findings } from '../../../../lib/ui/diagnostics/text.ts';
import { idleSnapshot, type Snapshot } from '../../../../lib/protocol/snapshot.ts';
import { defaultSettings } from '../../../../lib/storage/settings.ts';

/** Everything in which a secret or a word of the person can stand, each marked so that it is found again. */
const secrets = {
  token: 'TOKENmarzipan7788',
  host: 'relaymarzipan.example',
  path: 'pathmarzipan',
  instructions: 'call me marzipan',
  site: 'sitemarzipan.example',
  device: 'devicemarzipan',
  said: 'what does marzipan cost',
  answered: 'marzipan costs three euros',
  title: 'Marzipan for all',
  microphone: 'Headset of Marzipan',
  detail: 'marzipan went wrong',
};
const place = { tabId: 1, documentId: 'marzipan', origin: `https://${secrets.site}` };

const snapshot: Snapshot = {
  ...idleSnapshot,
  callId: 'marzipan-call',
  phase: 'failed',
  fault: { code: 'provider-refused', detail: secrets.detail },
  microphoneName: secrets.microphone,
  transport: 'webrtc',
  provider: 'openai',
  model: 'gpt-realtime-2.1',
  keepTrouble: 'full',
  startedAt: Date.UTC(2026, 0, 2),
  usage: { inputTokens: 1200, outputTokens: 34 },
  times: { firstSoundMs: 840, roundTripMs: null },
  lines: [
    { kind: 'person', id: 'a', at: 1, text: secrets.said, state: 'final', typed: false },
    { kind: 'assistant', id: 'b', at: 2, text: secrets.answered, state: 'final' },
    {
      kind: 'tool',
      id: 'c',
      at: 3,
      name: 'read_page',
      arguments: JSON.stringify({ query: secrets.said }),
      state: 'failed',
      fault: 'not-granted',
      grantOrigin: place.origin,
      source: { title: secrets.title, url: `${place.origin}/${secrets.path}`, characters: 3, truncated: false },
      quote: { text: secrets.answered, title: secrets.title, url: place.origin, place },
    },
  ],
};

const found = (change: Partial<Findings> = {}): Findings => ({
  at: Date.UTC(2026, 0, 2, 3, 4, 5),
  version: '1.2.3',
  browser: 'Mozilla/5.0 Chrome/156',
  platform: 'linux x86-64',
  language: 'pt-BR',
  microphone: 'granted',
  sites: '2',
  storage: ['settings in storage: 2 KiB'],
  settings: {
    ...defaultSettings,
    relay: { url: `https://${secrets.host}/${secrets.path}`, deviceToken: secrets.token },
    instructions: secrets.instructions,
    voice: 'marin',
    neverRead: [secrets.site],
    askFirst: [secrets.site, 'other.example'],
    microphoneId: secrets.device,
    speakerId: secrets.device,
  },
  snapshot,
  log: ['03:04:05.006 live → failed (provider-refused)'],
  errors: ['03:04:05.006 worker: uncaught TypeError: x is not a function (background.js:1:2)'],
  ...change,
});

describe('diagnostics', () => {
  it('hold no secret, no address and no word of the person, the assistant or a page', () => {
    const text = diagnosticsText(found());
    expect(text).not.toMatch(/marzipan/i);
    for (const secret of Object.values(secrets)) expect(text).not.toContain(secret);
  });

  it('tell of a setting that is not known to be harmless its length alone', () => {
    const settings = {
      ...found().settings,
      ofTomorrow: 'marzipan',
      listOfTomorrow: ['marzipan'],
      objectOfTomorrow: {},
    };
    const text = diagnosticsText(found({ settings }));
    expect(text).not.toContain('marzipan');
    expect(text).toContain('ofTomorrow: 8 characters');
    expect(text).toContain('listOfTomorrow: 1 entries');
  });

  it('hide a key that was pasted as the name of a voice', () => {
    const settings = { ...found().settings, voice: 'sk-proj-0123456789abcdefghij' };
    expect(diagnosticsText(found({ settings }))).not.toContain('0123456789');
  });

  it('tell what is needed to help', () => {
    const text = diagnosticsText(found());
    for (const line of [
      'Parley 1.2.3, 2026-01-02T03:04:05.000Z',
      'browser: Mozilla/5.0 Chrome/156',
      'platform: linux x86-64',
      'microphone permission: granted',
      'relay: https elsewhere, device token set',
      'instructions: 16 characters',
      'askFirst: 2 entries',
      'voice: marin',
      'transport: auto',
      'patience: 2',
      'fault: provider-refused, end: none',
      'line: webrtc (usual), provider: openai, model: gpt-realtime-2.1',
      'to answer: 840 ms, round trip: not known',
      'tokens: 1200 in, 34 out',
      'past calls: full',
      'lines: 1 person, 1 assistant, 1 tool',
      'tools refused: not-granted',
      '03:04:05.006 live → failed (provider-refused)',
      'uncaught TypeError: x is not a function (background.js:1:2)',
    ])
      expect(text).toContain(line);
  });

  it('say so when the worker does not answer', () => {
    expect(diagnosticsText(found({ snapshot: null }))).toContain('the worker does not answer');
  });

  it.each([
    ['', 'relay: none, device token missing'],
    ['http://127.0.0.1:8787', 'relay: http on this computer, device token missing'],
    ['nonsense', 'relay: not an address, device token missing'],
  ])('name the kind of relay at "%s", not where it is', (url, line) => {
    const settings = { ...defaultSettings, relay: { url, deviceToken: '' } };
    expect(diagnosticsText(found({ settings }))).toContain(line);
  });
});
