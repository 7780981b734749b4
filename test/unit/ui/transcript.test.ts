import { describe, expect, it } from 'vitest';
import {
  idleSnapshot,
  type AssistantLine,
  type Line,
  type PersonLine,
  type Snapshot,
  type ToolLine,
} from '../../../lib/protocol/snapshot.ts';
import { webAddress } from '../../../lib/ui/view/address.ts';
import { askedSite, grantFor, mayAllow, waitingLine } from '../../../lib/ui/view/grant.ts';
import { sends } from '../../../lib/ui/view/keys.ts';
import { captions, splitHeard } from '../../../lib/ui/view/lines.ts';
import { elapsed } from '../../../lib/ui/view/time.ts';
import { toolRow } from '../../../lib/ui/view/tool.ts';
import { words } from '../../../lib/ui/words/tools.en.ts';

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
      asked: '',
      title: 'Bridges',
      host: 'example.org',
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

  it('names what was looked for, and bears whatever the assistant sent', () => {
    const asked = (sent: string) => toolRow(tool({ name: 'search_page', arguments: sent }), words).asked;
    expect(asked('{"query":"opening hours"}')).toBe('“opening hours”');
    expect(asked(JSON.stringify({ query: 'x'.repeat(500) }))).toBe(`“${'x'.repeat(120)}…”`);
    for (const sent of ['', 'null', '7', '[]', '{"query":7}', '{"query":"cut off']) expect(asked(sent)).toBe('');
  });

  it('says nothing of characters for a picture', () => {
    const source = { title: 'Map', url: 'https://example.org/', characters: 0, truncated: false };
    expect(toolRow(tool({ name: 'look_at_page', source }), words)).toMatchObject({
      name: 'Looked at the page',
      amount: '',
    });
  });

  it.each([
    ['https://пример.example/путь', 'xn--e1afmkfd.example'],
    ['https://EXAMPLE.org:8443/a?b', 'example.org:8443'],
    ['https://good.example@bad.example/', 'bad.example'],
    ['file:///home/me/notes.html', 'file://'],
    ['not an address', ''],
  ])('shows where %s is, so that no site can pass for another', (url, host) => {
    const source = { title: 'Page', url, characters: 10, truncated: false };
    expect(toolRow(tool({ source }), words).host).toBe(host);
  });

  it('of words that were marked leaves the words and the title to the chip', () => {
    const place = { tabId: 1, documentId: 'd', origin: 'https://example.org' };
    const quote = { text: 'Opens at nine.', title: 'Tower', url: 'https://example.org/visit', place };
    const row = toolRow(tool({ name: 'point_at', arguments: '{"quote":"Opens at nine."}', quote }), words);
    expect(row).toMatchObject({ name: 'Marked on the page', asked: '', title: '', host: 'example.org' });
    const failed = tool({
      name: 'point_at',
      arguments: '{"quote":"Opens at ten."}',
      state: 'failed',
      fault: 'not-on-page',
    });
    expect(toolRow(failed, words)).toMatchObject({ name: 'Marked nothing', asked: '“Opens at ten.”' });
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

describe('the button that allows a private site', () => {
  const asking = (id: string, askOrigin = 'https://bank.example') =>
    tool({ id, state: 'failed', fault: 'ask-first', askOrigin });
  const live = (...lines: Line[]): Snapshot => ({ ...idleSnapshot, phase: 'live', lines });

  it('names the site, and files as files', () => {
    expect(askedSite(asking('1'))).toBe('bank.example');
    expect(askedSite(asking('1', 'https://xn--e1afmkfd.example'))).toBe('xn--e1afmkfd.example');
    expect(askedSite(asking('1', 'file://'))).toBe('file://');
  });

  it.each([
    '',
    'null',
    'https://bank.example/login',
    'https://*.example',
    'javascript:alert(1)',
    'https://a@b.example',
  ])('is not there for %j', (origin) => {
    expect(askedSite(asking('1', origin))).toBeNull();
  });

  it('is not there for another trouble', () => {
    expect(askedSite({ fault: 'never-read', askOrigin: 'https://bank.example' })).toBeNull();
  });

  it('is in the last such row only, while the call lasts', () => {
    const [first, last] = [asking('1'), asking('2')];
    const call = live(first, last, person('3', 'Well?'), tool({ id: '4' }));
    expect(mayAllow(first, call)).toBe(false);
    expect(mayAllow(last, call)).toBe(true);
    expect(mayAllow(last, { ...call, phase: 'ended' })).toBe(false);
  });

  it('is in the popup while the last tool waits for it', () => {
    expect(waitingLine(live(asking('1')))?.id).toBe('1');
    expect(waitingLine(live(tool({ id: '2', state: 'failed', fault: 'not-granted' }), person('3', 'Hm')))?.id).toBe(
      '2',
    );
    expect(waitingLine(live(asking('1'), tool({ id: '2' })))).toBeNull();
    expect(waitingLine(live(tool({ fault: 'never-read', state: 'failed' })))).toBeNull();
    expect(waitingLine({ ...live(asking('1')), phase: 'ended' })).toBeNull();
    expect(waitingLine(live())).toBeNull();
  });
});

describe('the address that a chip leads to', () => {
  it('is shown whole, the site apart from the rest', () => {
    const url = 'https://example.org/visit?day=1#:~:text=opens%20at%20nine';
    expect(webAddress(url)).toEqual({ href: url, origin: 'https://example.org', rest: url.slice(19) });
  });

  it('has no name in front that could pass for the site, and one alphabet', () => {
    expect(webAddress('https://example.org:x@bad.example/a')?.href).toBe('https://bad.example/a');
    expect(webAddress('https://пример.example/а')?.href).toBe('https://xn--e1afmkfd.example/%D0%B0');
  });

  it.each([
    '',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'chrome://settings',
    'blob:https://a/b',
  ])('is none for %j', (url) => {
    expect(webAddress(url)).toBeNull();
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
