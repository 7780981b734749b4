/** Each field of each stored shape, wrong: what passes the check can be shown, searched, exported and gone on with. */
import { describe, expect, it } from 'vitest';
import { settled } from '../../../lib/call/transcript.ts';
import type { Line, Quote } from '../../../lib/protocol/snapshot.ts';
import { callAsMarkdown, callsAsJson } from '../../../lib/storage/calls/export.ts';
import { roomOf } from '../../../lib/storage/calls/room.ts';
import { matchCall } from '../../../lib/storage/calls/search.ts';
import { isStoredCall, isStoredLine, sentRowsOf, type StoredCall } from '../../../lib/storage/calls/shapes.ts';
import { titleOf } from '../../../lib/storage/calls/title.ts';
import { bookOf, booked, spentAt } from '../../../lib/storage/spend.ts';
import { excerpt, exportWords, factsOf } from '../../../lib/ui/view/past.ts';
import { conversationText, lineText } from '../../../lib/ui/view/said.ts';
import { clock } from '../../../lib/ui/view/time.ts';
import { toolRow } from '../../../lib/ui/view/tool.ts';
import { words as pastWords } from '../../../lib/ui/words/past.en.ts';
import { words as toolWords } from '../../../lib/ui/words/tools.en.ts';

const at = Date.UTC(2026, 10, 20, 12);
const call: StoredCall = {
  id: 'a',
  startedAt: at,
  endedAt: at + 60_000,
  openMs: 60_000,
  title: 'How high is the tower?',
  named: false,
  pinned: false,
  provider: 'openai',
  model: 'gpt-realtime-2.1',
  lines: 4,
  bytes: 2000,
  usage: { inputTokens: 100, outputTokens: 20 },
  usd: 0.01,
  toldAt: null,
};
const quote: Quote = {
  text: 'It is 90 m high.',
  title: 'Tower',
  url: 'https://e.org/t',
  place: { tabId: 7, documentId: 'd', origin: 'https://e.org' },
};
const source = { title: 'Tower', url: 'https://e.org/t', characters: 10, truncated: true };
const lines: Line[] = [
  { kind: 'person', id: 'p', at, text: 'How high?', state: 'final', typed: false },
  { kind: 'assistant', id: 's', at, text: '90 metres, and old.', state: 'cut', heardChars: 9 },
  { kind: 'tool', id: 't', at, name: 'read_page', arguments: '{"query":"high"}', state: 'done', source, ms: 3 },
  { kind: 'tool', id: 'q', at, name: 'point_at', arguments: '{}', state: 'failed', fault: 'not-on-page', quote },
];

const wrong = [
  undefined,
  null,
  true,
  -1,
  0,
  1.5,
  8.64e15 + 1,
  1e300,
  NaN,
  Infinity,
  '',
  '\uD800',
  'x'.repeat(5000),
  [],
  [null],
  {},
  new Date(NaN),
  new Map(),
];

/** Every copy of a value in which one field, at any depth, is another. */
function* damaged(value: object): Generator<Record<string, unknown>> {
  for (const [field, inner] of Object.entries(value)) {
    for (const other of wrong) yield { ...value, [field]: other };
    const { [field]: _, ...without } = value as Record<string, unknown>;
    yield without;
    if (typeof inner !== 'object' || inner === null) continue;
    for (const changed of damaged(inner)) yield { ...value, [field]: changed };
  }
}

function useLine(line: Line): void {
  settled(line);
  lineText(line);
  conversationText([line], { you: 'You', parley: 'Parley' });
  excerpt(line, 'high');
  clock(line.at, 'en');
  new Date(line.at).toISOString();
  titleOf([line]);
  matchCall(call, [line], ['high']);
  callAsMarkdown(call, [line], exportWords(pastWords));
  callsAsJson([{ call, lines: [line] }], at);
  if (line.kind === 'tool') toolRow(line, toolWords);
}

describe('a damaged line', () => {
  it.each(lines)('of a $kind ($id) is left out, or can be used like any other', (line) => {
    let left = 0;
    for (const record of damaged({ callId: 'a', place: 0, line })) {
      if (isStoredLine(record)) useLine(record.line);
      else left += 1;
    }
    expect(left).toBeGreaterThan(50);
    expect(isStoredLine({ callId: 'a', place: 0, line })).toBe(true);
  });
});

describe('a damaged call', () => {
  it('is left out, or can be used like any other', () => {
    let left = 0;
    for (const record of damaged(call)) {
      if (!isStoredCall(record)) {
        left += 1;
        continue;
      }
      factsOf(record, 'en');
      roomOf([record]);
      matchCall(record, lines, ['high']);
      callAsMarkdown(record, lines, exportWords(pastWords));
      callsAsJson([{ call: record, lines }], at);
    }
    expect(left).toBeGreaterThan(100);
    expect(isStoredCall(call)).toBe(true);
  });

  it('is none whose clock was set back while it went on', () => {
    expect(factsOf({ ...call, openMs: undefined, endedAt: at - 5000 } as never, 'en')).toContain('0:00');
  });
});

it('what rows sent is kept row by row, whatever happened to the others', () => {
  const good = { output: '{}', image: 'data:,' };
  for (const record of damaged(good)) {
    const rows = sentRowsOf({
      callId: 'a',
      rows: new Map<string, unknown>([
        ['good', good],
        ['bad', record],
      ]),
    });
    expect(rows.get('good')).toEqual(good);
    expect(typeof (rows.get('bad')?.output ?? '')).toBe('string');
  }
  for (const value of wrong) expect(sentRowsOf({ callId: 'a', rows: value }).size).toBe(0);
});

it('a damaged book of what was spent gives sums, and takes the next one', () => {
  const book = { version: 1, days: { '2026-11-20': 1 }, months: { '2026-11': 2 }, calls: [['a', 1]] };
  for (const record of [...damaged(book), ...wrong]) {
    const { today, month } = spentAt(booked(bookOf(record), 'b', 0.5, at), at);
    expect(today).toBeGreaterThanOrEqual(0.5);
    expect(month).toBeGreaterThanOrEqual(0.5);
  }
});
