import { describe, expect, it } from 'vitest';
import { linesOf } from '../../../lib/call/transcript.ts';
import { news, play, spokenCallUp } from './play.ts';

const lines = (...happenings: Parameters<typeof play>[0]) => linesOf(play(happenings, spokenCallUp()).state.transcript);
const answer = (itemId: string, ...words: string[]) =>
  words.map((delta) => news({ type: 'assistant-text', itemId, delta }));

describe('the transcript', () => {
  it('keeps the question before its answer, although its words come later', () => {
    const shown = lines(
      news({ type: 'person-started', itemId: 'u' }),
      news({ type: 'item-added', itemId: 'u', previousItemId: null, item: 'person' }),
      news({ type: 'item-added', itemId: 'a', previousItemId: 'u', item: 'assistant' }),
      ...answer('a', 'It opens ', 'at nine.'),
      news({ type: 'person-text', itemId: 'u', text: 'When does it open?', final: true }),
    );
    expect(shown).toMatchObject([
      { kind: 'person', text: 'When does it open?', state: 'final' },
      { kind: 'assistant', text: 'It opens at nine.', state: 'streaming' },
    ]);
  });

  it('follows the item chain when items arrive out of order, through items that are not shown', () => {
    const shown = lines(
      news({ type: 'item-added', itemId: 'u', previousItemId: null, item: 'person' }),
      news({ type: 'person-text', itemId: 'u', text: 'Read it', final: true }),
      news({ type: 'tool-call', itemId: 'f', callId: 'k', name: 'read_page', argumentsText: '{}' }),
      ...answer('late', 'Then this.'),
      news({ type: 'item-added', itemId: 'output', previousItemId: 'f', item: 'hidden' }),
      ...answer('a', 'The page says…'),
      news({ type: 'item-added', itemId: 'a', previousItemId: 'output', item: 'assistant' }),
    );
    expect(shown.map(({ id }) => id)).toEqual(['u', 'f', 'a', 'late']);
  });

  it('shows the words of a streaming recogniser as they come, and the final text instead of them', () => {
    const partial = [
      news({ type: 'person-started', itemId: 'u' }),
      news({ type: 'person-text', itemId: 'u', text: 'When ', final: false }),
      news({ type: 'person-text', itemId: 'u', text: 'das', final: false }),
    ];
    expect(lines(...partial)).toMatchObject([{ text: 'When das', state: 'hearing' }]);
    const final = news({ type: 'person-text', itemId: 'u', text: 'When does it?', final: true });
    expect(lines(...partial, final)).toMatchObject([{ text: 'When does it?', state: 'final' }]);
  });

  it('never makes a message of silence or noise', () => {
    const started = news({ type: 'person-started', itemId: 'u' });
    expect(lines(started, news({ type: 'person-unheard', itemId: 'u' }))).toEqual([]);
    expect(lines(started, news({ type: 'person-text', itemId: 'u', text: '', final: true }))).toEqual([]);
  });

  it('marks where an answer was cut, at the end of a word, and keeps the rest of the text', () => {
    const text = 'The museum opens at nine in the morning and closes at five.';
    const shown = lines(
      ...answer('a', text),
      news({ type: 'cut', itemId: 'a', audioEndMs: 1000 }),
      news({ type: 'assistant-final', itemId: 'a', text: '' }),
    );
    expect(shown).toMatchObject([{ state: 'cut', text }]);
    const heard = shown[0]?.kind === 'assistant' ? text.slice(0, shown[0].heardChars) : '';
    expect(heard).toBe('The museum opens');
  });

  it('settles when the call ends: nothing streams, no tool runs', () => {
    const { state } = play(
      [
        news({ type: 'tool-call', itemId: 'f', callId: 'k', name: 'read_page', argumentsText: '{}' }),
        ...answer('a', 'Half a sen'),
        { type: 'end' },
      ],
      spokenCallUp(),
    );
    expect(linesOf(state.transcript)).toMatchObject([
      { kind: 'tool', state: 'failed', fault: 'interrupted' },
      { kind: 'assistant', state: 'final', text: 'Half a sen' },
    ]);
  });
});
