import { describe, expect, it } from 'vitest';
import type { Answers } from '../../../lib/protocol/settings.ts';
import type { AssistantLine, Line, PersonLine } from '../../../lib/protocol/snapshot.ts';
import { createLineFeed, mayReadOut, textOf } from '../../../lib/ui/view/announce.ts';

const said = (id: string, change: Partial<PersonLine> = {}): PersonLine => ({
  kind: 'person',
  id,
  at: 10,
  text: `said ${id}`,
  state: 'final',
  typed: false,
  ...change,
});
const answered = (id: string, change: Partial<AssistantLine> = {}): AssistantLine => ({
  kind: 'assistant',
  id,
  at: 10,
  text: `answered ${id}`,
  state: 'final',
  ...change,
});
const call = (lines: Line[], change: { answers?: Answers } = {}) => ({ answers: 'text' as Answers, lines, ...change });

/** What each of the snapshots gives to read out. */
function readOut(...snapshots: Parameters<ReturnType<typeof createLineFeed>>[0][]): string[][] {
  const feed = createLineFeed(5);
  return snapshots.map((snapshot) => feed(snapshot).map(textOf));
}

describe('the screen-reader mode reads out', () => {
  it('a line once, when it is whole, and not while it grows', () => {
    expect(
      readOut(
        call([]),
        call([said('a', { state: 'hearing' })]),
        call([said('a')]),
        call([said('a'), answered('b', { state: 'streaming', text: 'answered' })]),
        call([said('a'), answered('b')]),
        call([said('a'), answered('b')]),
      ),
    ).toEqual([[], [], ['said a'], [], ['answered b'], []]);
  });

  it('nothing from before the view was opened', () => {
    expect(readOut(call([said('old', { at: 1 })]), call([said('old', { at: 1 }), said('new')]))).toEqual([
      [],
      ['said new'],
    ]);
  });

  it('no answer that was spoken, because it was heard', () => {
    const spoken = { answers: 'voice' as const };
    expect(readOut(call([], spoken), call([said('a'), answered('b')], spoken))).toEqual([[], ['said a']]);
  });

  it('of an answer that was cut only what was written until then', () => {
    const cut = answered('b', { state: 'cut', text: 'One two three', heardChars: 7 });
    expect(readOut(call([]), call([cut]))).toEqual([[], ['One two']]);
  });

  it('nothing while a voice is heard, neither the assistant’s nor the person’s', () => {
    for (const state of ['speaking', 'hearing', 'held', 'interrupting'] as const)
      expect(mayReadOut(state, { answers: 'voice' }), state).toBe(false);
    for (const state of ['listening', 'thinking', 'resting', 'muted', 'ended', 'fault'] as const)
      expect(mayReadOut(state, { answers: 'voice' }), state).toBe(true);
    // Nothing sounds then.
    expect(mayReadOut('speaking', { answers: 'captions' })).toBe(true);
  });
});
