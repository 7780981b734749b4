import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { transition } from '../../../lib/call/machine.ts';
import type { CallState } from '../../../lib/call/state.ts';
import { addLine, linesOf, personLine } from '../../../lib/call/transcript.ts';
import type { Line } from '../../../lib/protocol/snapshot.ts';
import { goldenCall, type GoldenEvent } from '../../support/golden-call.ts';
import { howMany, patience } from '../../support/how-many.ts';
import { spokenCallUp } from '../call/play.ts';
import { onTheLine } from '../session/on-the-line.ts';

/** What was typed is shown before the provider hears of it. */
function withTyped(state: CallState): CallState {
  const typed = goldenCall.flatMap(({ type, item }) => {
    const { id, content } = Object(item);
    const text = type === 'conversation.item.added' && Array.isArray(content) ? content[0]?.text : undefined;
    return typeof text === 'string' ? [{ ...personLine(id, 1), text, state: 'final' as const, typed: true }] : [];
  });
  return { ...state, transcript: typed.reduce((transcript, line) => addLine(transcript, line), state.transcript) };
}

/** The lines, as the call shows them when all of these have come. */
function shownAfter(events: readonly GoldenEvent[]): Line[] {
  const { session, news } = onTheLine();
  let state = withTyped(spokenCallUp());
  for (const event of events) {
    session.receive(JSON.stringify(event));
    for (const each of news.splice(0)) {
      ({ state } = transition(state, { type: 'news', attempt: state.attempt, news: each, at: 5000 }));
    }
  }
  session.close();
  return linesOf(state.transcript);
}

/** What an item was cut to is said when all of it was written. */
function cutsLast(events: readonly GoldenEvent[]): GoldenEvent[] {
  const isCut = ({ type }: GoldenEvent) => type === 'conversation.item.truncated';
  return [...events.filter((event) => !isCut(event)), ...events.filter(isCut)];
}

const canonical = shownAfter(goldenCall);

it('a call of three questions, a reading and a cut answer has this many lines', () => {
  expect(canonical.map(({ kind }) => kind)).toEqual([
    'person',
    'tool',
    'assistant',
    'person',
    'assistant',
    'person',
    'assistant',
    'person',
    'assistant',
  ]);
});

it(
  'the transcript is the same in whatever order events come, and when they come twice',
  () => {
    const indexes = goldenCall.map((_, index) => index);
    const order = fc.shuffledSubarray(indexes, { minLength: indexes.length });
    const again = fc.shuffledSubarray(indexes, { maxLength: 40 });
    fc.assert(
      fc.property(order, again, (first, second) => {
        const events = [...first, ...second].map((index) => goldenCall[index]!);
        expect(shownAfter(cutsLast(events))).toEqual(canonical);
      }),
      howMany(60, 5_000),
    );
  },
  patience,
);

it(
  'the transcript is the same where events are late by a few',
  () => {
    const late = fc.array(fc.nat({ max: 6 }), { minLength: goldenCall.length, maxLength: goldenCall.length });
    fc.assert(
      fc.property(late, (by) => {
        const events = goldenCall
          .map((event, index) => ({ event, at: index + by[index]! }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ event }) => event);
        expect(shownAfter(events)).toEqual(canonical);
      }),
      howMany(60, 5_000),
    );
  },
  patience,
);
