import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snapshotOf } from '../../../lib/call/snapshot-of.ts';
import { transition } from '../../../lib/call/machine.ts';
import { parseServerEvent, serverEvents } from '../../../lib/protocol/realtime.ts';
import { isSnapshot } from '../../../lib/protocol/snapshot.ts';
import { isStoredLine } from '../../../lib/storage/calls/shapes.ts';
import { goldenEvents } from '../../support/golden-call.ts';
import { howMany, patience } from '../../support/how-many.ts';
import { damagedText, oddJson, oddText } from '../../support/odd-values.ts';
import { spokenCallUp } from '../call/play.ts';
import { onTheLine } from '../session/on-the-line.ts';

const textDelta = goldenEvents.find(({ type }) => type === 'response.output_text.delta');
/** Of those that are kept by their ids. */
const id = /^(?!__proto__$|constructor$|toString$|hasOwnProperty$)/;

describe('an event of the provider', () => {
  it('that is whole is understood', () => {
    for (const event of goldenEvents) {
      const { kind } = parseServerEvent(JSON.stringify(event));
      expect([event.type, kind]).toEqual([event.type, event.type in serverEvents ? 'event' : 'other']);
    }
  });

  it(
    'however damaged, is an event of its type, another one, or none: nothing is thrown',
    () => {
      const texts = fc.oneof(
        { weight: 9, arbitrary: damagedText(goldenEvents) },
        {
          weight: 1,
          arbitrary: fc.oneof(
            oddText,
            oddJson.map((value) => JSON.stringify(value)),
          ),
        },
      );
      fc.assert(
        fc.property(texts, (text) => {
          const parsed = parseServerEvent(text);
          if (parsed.kind !== 'event') return;
          const { event } = parsed;
          expect(Object.hasOwn(serverEvents, event.type)).toBe(true);
          expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
          if ('item_id' in event) expect(event.item_id).toMatch(id);
          if ('delta' in event && event.delta !== undefined) expect(typeof event.delta).toBe('string');
        }),
        howMany(5_000, 500_000),
      );
    },
    patience,
  );

  it.each([
    ['no JSON', '{"type":'],
    ['a word', '"session.created"'],
    ['a list', '[{"type":"session.created"}]'],
    ['nesting without end', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
    ['an event that nests without end', `{"type":"error","error":${'{"error":'.repeat(10_000)}1${'}'.repeat(10_000)}}`],
    ['a megabyte of nothing', 'x'.repeat(1_000_000)],
    ['more than any event has', JSON.stringify({ ...goldenEvents[0], filling: 'x'.repeat(5_000_000) })],
    ['an id that every object has', JSON.stringify({ ...textDelta, item_id: '__proto__' })],
  ])('is refused where it is %s', (_, text) => {
    expect(parseServerEvent(text).kind).toBe('malformed');
  });

  it('of a type that is new, or has fields that are new, is no trouble', () => {
    expect(parseServerEvent('{"type":"session.future_feature","detail":{"since":2030}}').kind).toBe('other');
    for (const event of goldenEvents.filter(({ type }) => type in serverEvents)) {
      expect(parseServerEvent(JSON.stringify({ ...event, future: [{ since: 2030 }] })).kind).toBe('event');
    }
  });
});

describe('a call', () => {
  it(
    'whose provider says anything at all shows and keeps nothing that is out of shape',
    () => {
      fc.assert(
        fc.property(fc.array(damagedText(goldenEvents), { maxLength: 20 }), (texts) => {
          let state = spokenCallUp();
          const { session, news } = onTheLine();
          for (const text of texts) {
            session.receive(text);
            for (const each of news.splice(0)) {
              ({ state } = transition(state, { type: 'news', attempt: state.attempt, news: each, at: 5000 }));
            }
          }
          session.close();
          const snapshot = snapshotOf(state, 'boot', 1);
          expect(isSnapshot(snapshot)).toBe(true);
          expect(snapshot.lines.filter((line) => !isStoredLine({ callId: 'c', place: 0, line }))).toEqual([]);
          expect(new Set(snapshot.lines.map((line) => line.id)).size).toBe(snapshot.lines.length);
          const { inputTokens, outputTokens } = snapshot.usage;
          expect([inputTokens, outputTokens].every((count) => Number.isFinite(count) && count >= 0)).toBe(true);
          expect(snapshot.money === null || Number.isFinite(snapshot.money.call)).toBe(true);
        }),
        howMany(500, 25_000),
      );
    },
    patience,
  );
});
