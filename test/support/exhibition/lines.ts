/** Conversations to be shown. */
import type { PageSeen } from '../../../lib/protocol/messages.ts';
import type { AssistantLine, Line, PersonLine, ToolLine } from '../../../lib/protocol/snapshot.ts';
import type { PastCall } from './exhibit.ts';

/** When everything is looked at. Unix milliseconds. */
export const pageSeen: PageSeen = {
  tabId: 7,
  title: 'Visiting the lighthouse of Vinga',
  host: 'vinga.example',
  reads: 'yes',
  fault: null,
  hasSelection: false,
};

export const now = Date.UTC(2026, 10, 20, 14, 3);
const minute = 60_000;
const day = 24 * 60 * minute;

const lighthouse = { title: 'The lighthouse of Vinga', url: 'https://lighthouses.example/vinga' };
const place = { tabId: 1, documentId: 'd', origin: 'https://lighthouses.example' };

let count = 0;
const next = () => ({ id: `line-${(count += 1)}`, at: now - 2 * minute + count * 1000 });

export const person = (text: string, more: Partial<PersonLine> = {}): PersonLine => ({
  kind: 'person',
  ...next(),
  text,
  state: 'final',
  typed: false,
  ...more,
});

export const assistant = (text: string, more: Partial<AssistantLine> = {}): AssistantLine => ({
  kind: 'assistant',
  ...next(),
  text,
  state: 'final',
  ...more,
});

export const tool = (name: string, more: Partial<ToolLine> = {}): ToolLine => ({
  kind: 'tool',
  ...next(),
  name,
  arguments: '{}',
  state: 'done',
  ...more,
});

const asked = person('When does the tower open in the morning?');
const answered = assistant('The tower opens at ten in the morning, from May to September. In winter it stays closed.');

export const shortTalk: Line[] = [asked, answered];

export const waitsForSite: Line[] = [
  person('What is this page about?'),
  tool('read_page', { state: 'failed', fault: 'not-granted', grantOrigin: 'https://lighthouses.example' }),
];

export const waitsForClick: Line[] = [
  person('How much did I spend in October?'),
  tool('read_page', { state: 'failed', fault: 'ask-first', askOrigin: 'https://bank.example' }),
];

export const toolsInAllStates: Line[] = [
  person('What does it say about the keeper?'),
  tool('read_page', { state: 'done', source: { ...lighthouse, characters: 12_480, truncated: true } }),
  tool('search_page', {
    arguments: JSON.stringify({ query: 'keeper of the light' }),
    source: { ...lighthouse, characters: 960, truncated: false },
  }),
  tool('point_at', {
    quote: { text: 'The last keeper left the island in 1974.', ...lighthouse, place },
  }),
  tool('look_at_page', { state: 'failed', fault: 'timed-out' }),
  tool('point_at', {
    state: 'failed',
    fault: 'not-on-page',
    arguments: JSON.stringify({ quote: 'a keeper with a very long beard' }),
  }),
  assistant('The last keeper left the island in 1974.'),
  tool('read_more', { state: 'running' }),
];

export const longTalk: Line[] = [
  ...shortTalk,
  person('How much is a ticket?', { typed: true }),
  assistant('Twelve euros for grown-ups, six for children, and nothing at all for those who come by rowing boat.', {
    state: 'cut',
    heardChars: 24,
  }),
  person('', { state: 'unheard' }),
  person('And by boat https://boats.example/departures/from-the-old-harbour-at-the-end-of-the-pier-every-hour?'),
  assistant(
    'Boats leave from the old harbour.\nThe first at half past nine, then every hour.\n\nBring a jacket: it is windy on the crossing, and there is no shelter on the island but the tower.',
  ),
  person('Is there a caf', { state: 'hearing' }),
  assistant('There is a', { state: 'streaming' }),
];

const kept = (id: string, title: string, daysAgo: number, more: Partial<PastCall['call']> = {}): PastCall => {
  const startedAt = now - daysAgo * day - 30 * minute;
  const lines = longTalk.map((line, at) => ({ callId: id, place: at, line: { ...line, at: startedAt + at * 4000 } }));
  return {
    call: {
      id,
      title,
      startedAt,
      endedAt: startedAt + 7 * minute,
      named: false,
      pinned: false,
      provider: 'openai',
      model: 'gpt-realtime-2.1',
      lines: lines.length,
      bytes: 4096,
      usage: { inputTokens: 5210, outputTokens: 820 },
      usd: 0.31,
      toldAt: null,
      ...more,
    },
    lines,
  };
};

export const pastCalls: PastCall[] = [
  kept('a', 'When does the tower open in the morning?', 0),
  kept('b', 'Tickets and boats to the island', 1, { named: true, pinned: true }),
  kept('c', 'A title that goes on and on, because the first question of this call was a long one with many commas', 9),
  kept('d', '', 40, { usd: null, provider: null, model: null }),
];
