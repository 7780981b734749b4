import { describe, expect, it } from 'vitest';
import { faultCodes, isFault } from '../../../lib/protocol/faults.ts';
import { isSetting } from '../../../lib/protocol/settings.ts';
import { idleSnapshot, isLevel, isSnapshot, type Line, type Snapshot } from '../../../lib/protocol/snapshot.ts';

const lines: Line[] = [
  { kind: 'person', id: 'p', at: 1, text: 'Hi', state: 'final', typed: false },
  { kind: 'assistant', id: 'a', at: 2, text: 'Hello', state: 'cut', heardChars: 2 },
  { kind: 'tool', id: 't', at: 3, name: 'read_page', arguments: '{}', state: 'running' },
];
const live: Snapshot = { ...idleSnapshot, bootId: 'b', seq: 4, phase: 'live', turn: 'speaking', lines };

const nonsense = [undefined, null, 7, 'text', [], {}];

describe('what our own contexts wrote', () => {
  it.each([idleSnapshot, live])('is taken for a snapshot', (value) => {
    expect(isSnapshot(value)).toBe(true);
  });

  it.each([
    ...nonsense,
    { ...live, phase: 'lost' },
    { ...live, seq: '4' },
    { ...live, usage: null },
    { ...live, lines: null },
    { ...live, lines: [null] },
    { ...live, lines: [{ ...lines[0], text: 7 }] },
    { ...live, lines: [{ ...lines[2], name: undefined }] },
    { ...live, lines: [{ ...lines[0], kind: 'ghost' }] },
  ])('is no snapshot when it is damaged: %j', (value) => {
    expect(isSnapshot(value)).toBe(false);
  });

  it('is a level only with both halves', () => {
    expect(isLevel({ microphone: 0, voice: 1 })).toBe(true);
    for (const value of [...nonsense, { microphone: 0 }]) expect(isLevel(value)).toBe(false);
  });

  it('is a fault only with a code we know', () => {
    for (const code of faultCodes)
      expect([isFault({ code }), isFault({ code, detail: 'why', retryAfterS: 3 })]).toEqual([true, true]);
    for (const value of [
      ...nonsense,
      { code: 'oh' },
      { code: 'internal', detail: 7 },
      { code: 'internal', retryAfterS: '3' },
    ]) {
      expect(isFault(value)).toBe(false);
    }
  });
});

describe('a setting', () => {
  it.each([
    ['relay', { url: '', deviceToken: '' }, true],
    ['relay', { url: '' }, false],
    ['relay', null, false],
    ['language', 'pt-BR', true],
    ['language', 'klingon', false],
    ['autoStart', 'yes', false],
    ['version', 2, false],
    ['voice', '', true],
    ['instructions', undefined, false],
  ] as const)('%s may be %j: %s', (field, value, fits) => {
    expect(isSetting(field, value)).toBe(fits);
  });
});
