import { describe, expect, it } from 'vitest';
import type { Line } from '../../../lib/protocol/snapshot.ts';
import { callAsMarkdown, callsAsJson, exportName, type ExportWords } from '../../../lib/storage/calls/export.ts';
import { mayGo, roomOf, type Limits } from '../../../lib/storage/calls/room.ts';
import { matchCall, wordsOf } from '../../../lib/storage/calls/search.ts';
import { isStoredCall, isStoredLine, type StoredCall } from '../../../lib/storage/calls/shapes.ts';
import { givenTitle, titleOf } from '../../../lib/storage/calls/title.ts';

const at = Date.UTC(2026, 10, 20, 12);
const call: StoredCall = {
  id: 'a',
  startedAt: at,
  endedAt: at + 60_000,
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
const person = (text: string): Line => ({ kind: 'person', id: 'p', at, text, state: 'final', typed: false });
const assistant = (text: string): Line => ({ kind: 'assistant', id: 's', at, text, state: 'final' });
const read = (title: string, url: string): Line => ({
  kind: 'tool',
  id: 't',
  at,
  name: 'read_page',
  arguments: '{}',
  state: 'done',
  source: { title, url, characters: 10, truncated: false },
});
const words: ExportWords = {
  untitled: 'Call',
  person: 'You',
  assistant: 'Parley',
  interrupted: 'interrupted',
  read: 'Read',
  failed: 'Could not read',
  time: (when) => new Date(when).toISOString().slice(11, 16),
};

/** As a `point_at` has it, with what means something only while the page is open. */
const quoted = (text: string, title: string, url: string): Line => {
  const place = { tabId: 7, documentId: 'd', origin: new URL(url).origin };
  return Object.assign(read('', ''), { quote: { text, title, url, place } });
};

describe('a call as Markdown', () => {
  it('has who said what when, the pages with their links, and what was not heard', () => {
    const cut: Line = { kind: 'assistant', id: 'c', at, text: 'It is high, and old.', state: 'cut', heardChars: 10 };
    const lines = [
      person('How high is it?'),
      read('The tower', 'https://e.org/t?a=1'),
      quoted('It is 90 m high.', 'Tower', 'https://e.org/t'),
      assistant('90 metres.'),
      cut,
    ];
    expect(callAsMarkdown(call, lines, words)).toBe(`# How high is the tower?

12:00 – 12:01 · gpt-realtime-2.1

**You** (12:00): How high is it?

*Read* (12:00): [The tower](<https://e.org/t?a=1>)

> It is 90 m high.
>
> [Tower](<https://e.org/t>) (12:00)

**Parley** (12:00): 90 metres.

**Parley** (12:00): It is high *(interrupted)* ~~, and old.~~
`);
  });

  it('does not let what a page wrote become a picture, a link or markup', () => {
    const evil =
      '![x](https://evil.example/?q=1) <img src=x> [a](javascript:alert(1)) www.evil.example a@evil.example &lt;';
    const lines = [
      assistant(evil),
      assistant('# Heading\n- item'),
      read('](https://evil.example) [', 'javascript:alert(1)'),
    ];
    const text = callAsMarkdown({ ...call, title: '1. ![x](y)' }, lines, words);
    expect(text).not.toMatch(/(?<!\\)[<!`]/);
    expect(text).not.toMatch(/(?<!\\)\]\(/);
    expect(text).not.toMatch(/:\/\/|(?<!\\)@|www\.|\n[-#] ?(Heading|item)/);
    expect(callAsMarkdown(call, [read('x', 'https://e.org/>)[y](z)')], words)).toContain(
      '[x](<https://e.org/%3E)[y](z)>)',
    );
  });
});

describe('a call as JSON', () => {
  it('has everything in it but what means nothing outside', () => {
    const file = callsAsJson(
      [{ call, lines: [person('Hello'), quoted('It is high.', 'Tower', 'https://e.org/')] }],
      at,
    );
    expect(JSON.parse(file)).toMatchObject({
      format: 'parley-calls',
      version: 1,
      exportedAt: '2026-11-20T12:00:00.000Z',
      calls: [{ title: call.title, usd: 0.01, lines: [{ text: 'Hello' }, { quote: { url: 'https://e.org/' } }] }],
    });
    expect(file).not.toContain('tabId');
  });

  it('is written even where a time is damaged', () => {
    expect(callsAsJson([{ call: { ...call, startedAt: 1e300 }, lines: [] }], at)).toContain('"startedAt": ""');
  });

  it('has a name that every system takes', () => {
    expect(exportName({ ...call, title: '../a:b/c*?"<x>|' }, 'md')).toBe('parley 2026-11-20 a b c x.md');
    expect(exportName({ ...call, title: 'Où est-ce? 駅' }, 'json')).toBe('parley 2026-11-20 Où est-ce 駅.json');
  });
});

describe('the title of a call', () => {
  it('is the first thing the person said, else the first page, and short', () => {
    expect(titleOf([read('The tower', 'https://e.org'), person('  How high\nis it? ')])).toBe('How high is it?');
    expect(titleOf([assistant('Hello'), read('The tower', 'https://e.org')])).toBe('The tower');
    expect(titleOf([assistant('Hello')])).toBe('');
    const long = titleOf([person('word '.repeat(40))]);
    expect(long).toMatch(/word…$/);
    expect(long.length).toBeLessThanOrEqual(61);
  });

  it('that a person gives is one line', () => {
    expect(givenTitle(' My\n\u0000 trip ')).toBe('My trip');
    expect(givenTitle('x'.repeat(500))).toHaveLength(120);
  });
});

describe('a search', () => {
  const lines = [
    person('Wie hoch ist der Turm in Köln?'),
    assistant('157 metres.'),
    read('Kölner Dom', 'https://e.org/dom'),
  ];

  it('finds a call that has all the words somewhere, without minding accents or case', () => {
    expect(matchCall(call, lines, wordsOf('KOLN metres'))?.hits.map(({ place }) => place)).toEqual([0, 1, 2]);
    expect(matchCall(call, lines, wordsOf('tower turm'))?.hits.map(({ place }) => place)).toEqual([0]);
    expect(matchCall(call, lines, wordsOf('tower paris'))).toBeNull();
  });

  it('shows the lines that have most of the words', () => {
    const many = [
      person('a train'),
      person('a bus'),
      person('a train to London'),
      person('London'),
      person('train London now'),
    ];
    expect(matchCall(call, many, wordsOf('train london'))?.hits.map(({ place }) => place)).toEqual([0, 2, 4]);
  });

  it('has no words where nothing was typed, and not too many', () => {
    expect(wordsOf('  \n ')).toEqual([]);
    expect(wordsOf('a b '.repeat(100))).toEqual(['a', 'b']);
    expect(wordsOf(Array.from({ length: 50 }, (_, index) => `w${index}`).join(' '))).toHaveLength(16);
  });
});

describe('the room for past calls', () => {
  const limits: Limits = { bytes: 1000, hardBytes: 1200, noticeMs: 1000 };
  const calls = (count: number, change: Partial<StoredCall> = {}): StoredCall[] =>
    Array.from({ length: count }, (_, index) => ({
      ...call,
      id: `${index}`,
      startedAt: index,
      endedAt: index,
      bytes: 100,
      ...change,
    }));
  const ids = (some: StoredCall[]) => some.map(({ id }) => id);

  it('is quiet while there is some', () => {
    expect(roomOf(calls(7), limits)).toEqual({ bytes: 700, limitBytes: 1000, going: [] });
  });

  it('tells at four fifths which of the oldest go next; never a pinned one', () => {
    expect(ids(roomOf(calls(9), limits).going)).toEqual(['0']);
    const pinned = [...calls(3, { pinned: true }), ...calls(11).slice(3)];
    expect(ids(roomOf(pinned, limits).going)).toEqual(['3', '4']);
  });

  it('lets an old call stay that was gone on with lately', () => {
    const [first, ...others] = calls(9);
    expect(ids(roomOf([{ ...first!, endedAt: 100 }, ...others], limits).going)).toEqual(['1']);
  });

  it('lets nothing go that was not told in time, however full it is', () => {
    expect(mayGo(calls(20), 5000, null, limits)).toEqual([]);
    expect(mayGo(calls(20, { toldAt: 4500 }), 5000, null, limits)).toEqual([]);
    // A clock that was set back.
    expect(mayGo(calls(20, { toldAt: 9000 }), 5000, null, limits)).toEqual([]);
  });

  it('lets the oldest told ones go when it is full, and not the open call', () => {
    expect(mayGo(calls(9, { toldAt: 0 }), 5000, null, limits)).toEqual([]);
    expect(ids(mayGo(calls(11, { toldAt: 0 }), 5000, '0', limits))).toEqual(['1', '2']);
  });
});

describe('what lies in the database', () => {
  it('is believed only when it is whole', () => {
    expect(isStoredCall(call)).toBe(true);
    for (const odd of [
      null,
      7,
      'x',
      [],
      {},
      { ...call, title: 7 },
      { ...call, usage: null },
      { ...call, usd: 'x' },
      { ...call, bytes: Number.NaN },
    ])
      expect(isStoredCall(odd)).toBe(false);
    const line = { callId: 'a', place: 0, line: person('x') };
    expect(isStoredLine(line)).toBe(true);
    expect(isStoredLine({ ...line, line: read('x', 'https://e.org') })).toBe(true);
    for (const odd of [
      null,
      { ...line, place: -1 },
      { ...line, line: { ...read('x', 'https://e.org'), source: 7 } },
      { ...line, line: { ...line.line, heardChars: 'x' } },
      { ...line, line: null },
      { ...line, line: { ...line.line, kind: 'ghost' } },
      { ...line, line: { ...line.line, text: 7 } },
    ])
      expect(isStoredLine(odd)).toBe(false);
  });
});
