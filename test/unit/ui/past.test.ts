import { describe, expect, it } from 'vitest';
import type { AssistantLine, Line, PersonLine, ToolLine } from '../../../lib/protocol/snapshot.ts';
import { callAsMarkdown } from '../../../lib/storage/calls/export.ts';
import type { StoredCall } from '../../../lib/storage/calls/shapes.ts';
import { conversationText, lineText } from '../../../lib/ui/view/said.ts';
import { excerpt, exportWords, factsOf, megabytes, timeOf } from '../../../lib/ui/view/past.ts';
import { words as callWords } from '../../../lib/ui/words/call.en.ts';
import { words } from '../../../lib/ui/words/past.en.ts';
import { words as wordsEs } from '../../../lib/ui/words/past.es.ts';

const at = new Date(2026, 10, 20, 14, 3).getTime();
const person = (text: string): PersonLine => ({ kind: 'person', id: text, at, text, state: 'final', typed: false });
const assistant = (text: string, change: Partial<AssistantLine> = {}): AssistantLine => ({
  kind: 'assistant',
  id: text,
  at,
  text,
  state: 'final',
  ...change,
});
const tool = (change: Partial<ToolLine>): ToolLine => ({
  kind: 'tool',
  id: 't',
  at,
  name: 'read_page',
  arguments: '{}',
  state: 'done',
  ...change,
});
const page = { title: 'The lighthouse', url: 'https://example.org/light' };
const plain = (text: string) => text.replace(/\s/g, ' ');

const call: StoredCall = {
  id: 'a',
  startedAt: at,
  endedAt: at + 192_000,
  title: 'How high is it?',
  named: false,
  pinned: false,
  provider: 'openai',
  model: 'gpt-realtime-2.1',
  lines: 2,
  bytes: 2048,
  usage: { inputTokens: 1, outputTokens: 1 },
  usd: 0.042,
  toldAt: null,
};

describe('a past call in the list', () => {
  it('says when it was, how long, and what it cost', () => {
    expect(plain(factsOf(call, 'en'))).toBe('Nov 20, 2026, 2:03 PM · 3:12 · ≈ $0.04');
    expect(plain(factsOf({ ...call, usd: 0.001 }, 'en'))).toMatch(/ · 3:12 · < \$0\.01$/);
  });

  it('does not speak of money where it was free, or nobody knows', () => {
    for (const usd of [0, null]) expect(factsOf({ ...call, usd }, 'en')).toMatch(/3:12$/);
  });

  it('bears a damaged time', () => {
    expect(timeOf(1e300, 'en')).toBe('');
    expect(() => factsOf({ ...call, startedAt: 1e300 }, 'en')).not.toThrow();
  });

  it('takes room in whole megabytes, never none', () => {
    expect(megabytes(1, 'en')).toBe('1');
    expect(megabytes(50_000_000, 'en')).toBe('50');
  });
});

describe('what was found in a call', () => {
  const far = `${'word '.repeat(60)}needle ${'word '.repeat(60)}`;

  it('is shown with the words around it', () => {
    expect(excerpt(person(far), 'needle')).toMatch(/^….*needle.*…$/);
    expect(excerpt(person(far), 'NEEDLE')).toContain('needle');
  });

  it('is shown whole where it is short, and from its beginning where only accents were another way', () => {
    expect(excerpt(person('Qual é a altura?'), 'altura')).toBe('Qual é a altura?');
    expect(excerpt(person('Où est le café ?'), 'cafe')).toBe('Où est le café ?');
  });
});

describe('a line to be copied', () => {
  it('is what was said, and of an answer what was heard', () => {
    expect(lineText(person(' Hello '))).toBe('Hello');
    expect(lineText(assistant('One two three', { state: 'cut', heardChars: 7 }))).toBe('One two');
  });

  it('is the quote with its page, or the page that was read', () => {
    const place = { tabId: 1, documentId: 'd', origin: 'https://example.org' };
    const quote = { ...page, text: 'It is 40 metres high.', place };
    expect(lineText(tool({ quote }))).toBe('It is 40 metres high.\nThe lighthouse\nhttps://example.org/light');
    const source = { ...page, characters: 3, truncated: false };
    expect(lineText(tool({ source }))).toBe('The lighthouse\nhttps://example.org/light');
    expect(lineText(tool({}))).toBe('');
  });

  it('says in a whole conversation who said it, and leaves out what has no words', () => {
    const lines: Line[] = [person('How high?'), tool({}), assistant('40 metres.'), assistant('')];
    expect(conversationText(lines, callWords)).toBe('You: How high?\n\nParley: 40 metres.');
  });
});

describe('an exported call', () => {
  it('speaks the language of the person', () => {
    const lines = [person('How high?'), tool({ source: { ...page, characters: 3, truncated: false } })];
    expect(callAsMarkdown(call, lines, exportWords(words))).toContain('*Read*');
    expect(callAsMarkdown(call, lines, exportWords(wordsEs))).toContain('*Leyó*');
    expect(callAsMarkdown(call, lines, exportWords(wordsEs))).toContain('**Tú**');
  });
});
