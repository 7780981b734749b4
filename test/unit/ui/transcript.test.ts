import { describe, expect, it } from 'vitest';
import type { AssistantLine, Line, PersonLine, ToolLine } from '../../../lib/protocol/snapshot.ts';
import { grantFor } from '../../../lib/ui/view/grant.ts';
import { sends } from '../../../lib/ui/view/keys.ts';
import { captions, splitHeard } from '../../../lib/ui/view/lines.ts';
import { elapsed } from '../../../lib/ui/view/time.ts';
import { toolRow } from '../../../lib/ui/view/tool.ts';
import { words } from '../../../lib/ui/words/call.en.ts';

const person = (id: string, text: string): PersonLine => ({
  kind: 'person',
  id,
  at: 0,
  text,
  state: 'final',
  typed: false,
});
const assistant = (id: string, text: string, change: Partial<AssistantLine> = {}): AssistantLine => ({
  kind: 'assistant',
  id,
  at: 0,
  text,
  state: 'final',
  ...change,
});
const tool = (change: Partial<ToolLine> = {}): ToolLine => ({
  kind: 'tool',
  id: 't',
  at: 0,
  name: 'read_page',
  arguments: '{}',
  state: 'done',
  ...change,
});

describe('an answer that was cut', () => {
  it('shows what was heard, and strikes the rest', () => {
    const line = assistant('a', 'One two three', { state: 'cut', heardChars: 7 });
    expect(splitHeard(line)).toEqual({ heard: 'One two', unheard: ' three' });
  });

  it('bears any count', () => {
    for (const [heardChars, heard] of [
      [-3, ''],
      [0, ''],
      [99, 'One'],
    ] as const) {
      expect(splitHeard(assistant('a', 'One', { state: 'cut', heardChars })).heard).toBe(heard);
    }
    expect(splitHeard(assistant('a', 'One', { state: 'cut' }))).toEqual({ heard: 'One', unheard: '' });
  });

  it('is whole while it streams', () => {
    expect(splitHeard(assistant('a', 'One', { state: 'streaming', heardChars: 1 }))).toEqual({
      heard: 'One',
      unheard: '',
    });
  });
});

describe('the captions', () => {
  it('are the last words of each side, in their order', () => {
    const lines: Line[] = [person('1', 'First'), assistant('2', 'Answer'), person('3', 'Second'), tool()];
    expect(captions(lines).map(({ text }) => text)).toEqual(['Answer', 'Second']);
  });

  it('leave out empty lines and what nobody heard', () => {
    const lines: Line[] = [
      person('1', 'Hi'),
      assistant('2', 'Hello there', { state: 'cut', heardChars: 5 }),
      person('3', ' '),
    ];
    expect(captions(lines).map(({ text }) => text)).toEqual(['Hi', 'Hello']);
    expect(captions([])).toEqual([]);
  });
});

describe('a tool row', () => {
  it('says what was read and how much of it', () => {
    const source = { title: 'Bridges', url: 'https://example.org/', characters: 12412, truncated: true };
    expect(toolRow(tool({ source }), words)).toEqual({
      name: 'Read the page',
      title: 'Bridges',
      amount: '12,412 characters, only the beginning',
      sentence: '',
    });
  });

  it('says that it is reading, and why it could not', () => {
    expect(toolRow(tool({ state: 'running' }), words).name).toBe('Reading the page…');
    const failed = toolRow(tool({ state: 'failed', fault: 'empty-page' }), words);
    expect(failed.name).toBe('Could not read the page');
    expect(failed.sentence).toContain('no text');
  });

  it.each(['constructor', '__proto__', 'make_coffee'])('names the unknown tool %s as it came', (name) => {
    expect(toolRow(tool({ name }), words).name).toBe(`Used ${name}`);
  });
});

describe('the button that lets Parley read a site', () => {
  it.each([
    ['https://example.org', { host: 'example.org', pattern: 'https://example.org/*' }],
    ['http://localhost:3000', { host: 'localhost:3000', pattern: 'http://localhost:3000/*' }],
    ['https://xn--e1afmkfd.example', { host: 'xn--e1afmkfd.example', pattern: 'https://xn--e1afmkfd.example/*' }],
  ])('asks for %s', (origin, grant) => {
    expect(grantFor({ fault: 'not-granted', grantOrigin: origin })).toEqual(grant);
  });

  it('asks for every site when the browser does not tell which one it is', () => {
    expect(grantFor({ fault: 'not-granted' })).toEqual({ host: null, pattern: '*://*/*' });
  });

  it('is not there for another trouble', () => {
    expect(grantFor({ fault: 'restricted-page' })).toBeNull();
    expect(grantFor({})).toBeNull();
  });

  it.each([
    '',
    'null',
    '*://*',
    'https://*',
    'https://example.org/path',
    'https://пример.example',
    'file://',
    'chrome://settings',
    'https://a@b.example',
  ])('is not there for %j', (origin) => {
    expect(grantFor({ fault: 'not-granted', grantOrigin: origin })).toBeNull();
  });
});

describe('the Enter key', () => {
  const press = (change: Partial<Parameters<typeof sends>[0]> = {}) =>
    sends({ key: 'Enter', shiftKey: false, isComposing: false, keyCode: 13, ...change });

  it('sends alone, and not with Shift or while an input method composes', () => {
    expect(press()).toBe(true);
    expect(press({ shiftKey: true })).toBe(false);
    expect(press({ isComposing: true })).toBe(false);
    expect(press({ keyCode: 229 })).toBe(false);
    expect(press({ key: 'a' })).toBe(false);
  });
});

describe('the elapsed time', () => {
  it.each([
    [-500, '0:00'],
    [5_400, '0:05'],
    [754_000, '12:34'],
    [3_723_000, '1:02:03'],
  ])('%i ms is %s', (ms, text) => {
    expect(elapsed(ms)).toBe(text);
  });
});
