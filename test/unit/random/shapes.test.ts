import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spentOf } from '../../../lib/call/money.ts';
import { costOf, useOf } from '../../../lib/protocol/usage.ts';
import { isLog, isSent } from '../../../lib/coordinator/last-call.ts';
import { changeBetween, changed, isChange } from '../../../lib/link/change.ts';
import { isFault, faultCodes } from '../../../lib/protocol/faults.ts';
import { callAnswer, errorEnvelope, grant, health } from '../../../lib/protocol/grant.ts';
import { asks, commands, intents, parseMessage } from '../../../lib/protocol/messages.ts';
import { pairing } from '../../../lib/protocol/pairing.ts';
import { priceOf } from '../../../lib/protocol/prices.ts';
import { idleSnapshot, isLevel, isSnapshot, type Line, type Snapshot } from '../../../lib/protocol/snapshot.ts';
import { contentOf } from '../../../lib/session/relay-client.ts';
import { historyOf } from '../../../lib/session/history.ts';
import { meaningOfError } from '../../../lib/session/classify.ts';
import { recogniserOf, secondsOf } from '../../../lib/session/recogniser.ts';
import { isStoredCall, isStoredLine, type StoredCall } from '../../../lib/storage/calls/shapes.ts';
import { booked, bookOf, spentAt } from '../../../lib/storage/spend.ts';
import { faultOfClose } from '../../../lib/transport/close-fault.ts';
import { pageContent } from '../../../lib/page/page-result.ts';
import { decodePcm } from '../../../lib/audio/base64.ts';
import { howMany, patience } from '../../support/how-many.ts';
import { damaged, damagedText, oddText, oddThing } from '../../support/odd-values.ts';
import { plan } from '../call/play.ts';

const lines: Line[] = [
  { kind: 'person', id: 'p', at: 1, text: 'Hi', state: 'final', typed: false },
  { kind: 'assistant', id: 'a', at: 2, text: 'Hello there', state: 'cut', heardChars: 5 },
  {
    kind: 'tool',
    id: 't',
    at: 3,
    name: 'read_page',
    arguments: '{}',
    state: 'done',
    source: { title: 'Tower', url: 'https://tower.example/', characters: 9, truncated: false },
  },
];
const snapshot: Snapshot = { ...idleSnapshot, bootId: 'b', seq: 4, phase: 'live', turn: 'speaking', lines };
const goodGrant = {
  value: 'ek_1',
  expiresAt: 1_800_000_000,
  issuedAt: 1_799_999_400,
  model: 'm',
  voice: 'v',
  provider: 'local',
  transports: [{ kind: 'webrtc', url: 'https://provider.example/v1/realtime/calls', negotiated: true }],
};
const call: StoredCall = {
  id: 'c',
  startedAt: 1,
  endedAt: 2,
  title: 'Tower',
  named: false,
  pinned: false,
  provider: 'openai',
  model: null,
  lines: 3,
  bytes: 2000,
  usage: { inputTokens: 1, outputTokens: 2 },
  usd: 0.1,
  toldAt: null,
};
const page = {
  title: 'Tower',
  url: 'https://tower.example/',
  canonical: '',
  language: 'en',
  contentType: 'text/html',
  headings: ['Opening hours'],
  text: '# Opening hours\nAt nine.',
  blocks: '1,1,2,15,0,0,16,24',
  characters: 24,
  truncated: false,
  selection: '',
  description: '',
  siteName: '',
  author: '',
  published: '',
  passwordInView: false,
  framesUnread: 0,
};
const usage = { input_tokens: 10, output_tokens: 5, input_token_details: { text_tokens: 4, audio_tokens: 6 } };

/** Runs `look` over good values, damaged ones and others; what it throws fails. */
function overAll(good: unknown[], few: number, full: number, look: (value: unknown) => void): void {
  const values = fc.oneof({ weight: 9, arbitrary: damaged(good) }, { weight: 1, arbitrary: oddThing });
  fc.assert(fc.property(values, look), howMany(few, full));
}

describe('between contexts', () => {
  const messages = [
    { type: 'start', microphone: true },
    { type: 'start', plan: plan(), say: 'How much is a ticket?', talking: true, resume: 'c' },
    { type: 'say', text: 'How much is a ticket?' },
    { type: 'adjust', talk: plan().talk, answers: 'voice', sound: plan().sound, limits: plan().limits },
    { type: 'test-relay', relayUrl: 'https://relay.example', deviceToken: 't' },
    { type: 'point-at', place: { tabId: 1, documentId: 'd', origin: 'https://a.example' }, quote: 'At nine' },
    { type: 'show-state', phase: 'live', turn: 'speaking' },
    { type: 'spent', callId: 'c', usd: 0.1 },
    { type: 'finished', snapshot, sent: {}, log: [] },
  ];

  it(
    'a message, whatever it is, is of its schema or none',
    () => {
      overAll(messages, 1_000, 100_000, (value) => {
        for (const schemas of [intents, commands, asks]) {
          const read = parseMessage(schemas, value);
          if (read) expect(parseMessage(schemas, read)).toEqual(read);
        }
      });
    },
    patience,
  );

  it(
    'a snapshot, whatever it is, has what a view shows, and a change of it fits or is none',
    () => {
      overAll([snapshot, changeBetween(idleSnapshot, snapshot)], 1_000, 100_000, (value) => {
        if (!isSnapshot(value)) return;
        expect(value.lines.every(({ id, at }) => typeof id === 'string' && typeof at === 'number')).toBe(true);
        expect(Number.isFinite(value.usage.inputTokens + value.usage.outputTokens)).toBe(true);
        if (isChange(value)) expect(Array.isArray(changed(snapshot, value)?.lines ?? [])).toBe(true);
      });
    },
    patience,
  );

  it(
    'levels, faults, sent outputs and logs are what they say, whatever comes',
    () => {
      const good = [{ microphone: 0, voice: 1 }, { code: 'relay-limit', retryAfterS: 3 }, { output: '{}' }, ['line']];
      overAll(good, 1_000, 50_000, (value) => {
        if (isLevel(value)) expect(typeof (value.microphone + value.voice)).toBe('number');
        if (isFault(value)) expect(faultCodes).toContain(value.code);
        if (isSent(value)) expect(typeof value.output).toBe('string');
        if (isLog(value)) expect(value.every((line) => typeof line === 'string')).toBe(true);
        const sums = spentOf(value);
        if (sums) expect(typeof (sums.today + sums.month)).toBe('number');
      });
    },
    patience,
  );
});

describe('from the relay', () => {
  it(
    'whatever it answers is a grant, a call, a refusal with one of our codes, or no relay',
    () => {
      const refusal = { error: { message: 'because', type: 'relay', code: 'rate_limited', param: null } };
      const sdp = { sdp: 'v=0\r\n', callId: 'rtc_1', model: 'm', voice: 'v', provider: 'p', issuedAt: 1 };
      const texts = damagedText([goodGrant, refusal, sdp, { deviceToken: 't' }]);
      fc.assert(
        fc.property(fc.constantFrom(200, 201, 400, 401, 403, 429, 500, 502, 503), texts, (status, text) => {
          try {
            const content = contentOf({ status, text, retryAfterS: undefined }, 200);
            const read = grant.safeParse(content);
            if (read.success) expect(read.data.transports.length).toBeGreaterThan(0);
            callAnswer.safeParse(content);
            pairing.safeParse(content);
            health.safeParse(content);
          } catch (error) {
            expect(isFault((error as { fault?: unknown }).fault)).toBe(true);
          }
        }),
        howMany(1_000, 100_000),
      );
    },
    patience,
  );

  it(
    'the end of a socket is one of our faults, whatever it says',
    () => {
      fc.assert(
        fc.property(fc.nat({ max: 5000 }), oddText, (code, reason) => {
          const fault = faultOfClose(code, reason);
          expect(isFault(fault) && (fault.detail?.length ?? 0) <= 300).toBe(true);
        }),
        howMany(500, 20_000),
      );
    },
    patience,
  );
});

describe('from the provider', () => {
  it(
    'whatever stands for tokens costs a sum of money, and no error is worse than a fault',
    () => {
      const price = priceOf('gpt-realtime')!;
      overAll([usage, { code: 'session_expired', message: 'over' }], 1_000, 100_000, (value) => {
        const use = useOf(value);
        if (use) expect(Number.isFinite(costOf(use, price)) && costOf(use, price) >= 0).toBe(true);
        expect(Number.isFinite(secondsOf(value))).toBe(true);
        recogniserOf(value);
        const read = errorEnvelope.safeParse({ error: value });
        if (read.success) expect(['benign', 'warning', 'fatal']).toContain(meaningOfError(read.data.error).kind);
      });
    },
    patience,
  );

  it(
    'sound is whole samples, or none',
    () => {
      fc.assert(
        fc.property(fc.oneof(fc.base64String(), oddText), (text) => {
          expect(decodePcm(text)?.length ?? 0).toBeLessThanOrEqual(text.length);
        }),
        howMany(500, 20_000),
      );
    },
    patience,
  );
});

describe('from the database', () => {
  it(
    'a call and its lines, whatever lies there, are whole or skipped, and what is told of them is bounded',
    () => {
      const stored = lines.map((line, index) => ({ callId: 'c', place: index, line }));
      overAll([call, ...stored], 1_000, 100_000, (value) => {
        if (isStoredCall(value)) expect(Number.isFinite(value.startedAt + value.endedAt + value.bytes)).toBe(true);
        if (!isStoredLine(value)) return;
        const items = historyOf([value.line], 1);
        expect(JSON.stringify(items).length).toBeLessThan(20_000);
      });
    },
    patience,
  );

  it(
    'the book of what was spent, whatever lies there, is sums that can be added to',
    () => {
      const book = booked(bookOf(null), 'c', 1.5, Date.UTC(2026, 10, 20));
      overAll([book], 1_000, 50_000, (value) => {
        const read = bookOf(value);
        expect(bookOf(structuredClone(read))).toEqual(read);
        const after = booked(read, 'other', 0.25, Date.UTC(2026, 10, 21));
        const { today, month } = spentAt(after, Date.UTC(2026, 10, 21));
        expect(Number.isFinite(today + month) && today >= 0).toBe(true);
        expect(after.calls.length).toBeLessThanOrEqual(8);
      });
    },
    patience,
  );
});

describe('from a page', () => {
  it(
    'whatever its process returns is content within its sizes, or none',
    () => {
      const large = { ...page, title: 'x'.repeat(3_000_000) };
      const values = fc.oneof({ weight: 99, arbitrary: damaged([page]) }, { weight: 1, arbitrary: damaged([large]) });
      fc.assert(
        fc.property(values, (value) => {
          const read = pageContent.safeParse(value);
          if (!read.success) return;
          expect(JSON.stringify(read.data).length).toBeLessThan(4_000_000);
          for (const [, , from, to] of read.data.blocks)
            expect(Number.isInteger(from) && Number.isInteger(to)).toBe(true);
        }),
        howMany(1_000, 100_000),
      );
    },
    patience,
  );
});
