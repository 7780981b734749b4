import { expect, it } from 'vitest';
import { wishOfClick } from '../../../lib/pill/press.ts';
import { pillWords, wordOf } from '../../../lib/pill/words.ts';
import { phases, turns, isActive } from '../../../lib/protocol/snapshot.ts';
import { talkModes } from '../../../lib/protocol/settings.ts';
import { words as en } from '../../../lib/ui/words/call.en.ts';
import { words as es } from '../../../lib/ui/words/call.es.ts';
import { words as pt } from '../../../lib/ui/words/call.pt-BR.ts';
import { stateWord } from '../../../lib/ui/words/talk.ts';
import { talkState } from '../../../lib/ui/view/talk.ts';

it.each([
  ['en-GB', en],
  ['es-419', es],
  ['pt-BR', pt],
  ['de', en],
])('the pill says in %s what popup and panel say, in every state', (language, words) => {
  for (const phase of phases.filter(isActive)) {
    for (const turn of [null, ...turns]) {
      for (const mode of talkModes) {
        const state = talkState({ phase, turn, microphone: true });
        const word = wordOf(state, mode, pillWords(language));
        expect(word, `${phase} ${turn} ${mode}`).not.toBe('');
        expect(word).toBe(stateWord(words, state, mode));
      }
    }
  }
});

it.each([en, es, pt])('its controls in $language are those of popup and panel', ({ language, controls, you }) => {
  const words = pillWords(language);
  expect(words.language).toBe(language);
  expect(controls).toMatchObject(words.controls);
  expect(words.you).toBe(you);
  expect(words.move).toMatch(/\S/);
  expect(words.silent).toMatch(/\S/);
});

it('a click on the pill talks, sends or stops, as the person talks', () => {
  expect(wishOfClick({ mode: 'tap', turn: 'resting' }, true)).toBe('talk-begin');
  expect(wishOfClick({ mode: 'tap', turn: 'held' }, true)).toBe('talk-end');
  expect(wishOfClick({ mode: 'hands-free', turn: 'speaking' }, true)).toBe('stop-answer');
  // There it is held instead, but for what cannot hold.
  expect(wishOfClick({ mode: 'hold', turn: 'resting' }, true)).toBeNull();
  expect(wishOfClick({ mode: 'hold', turn: 'resting' }, false)).toBe('talk-begin');
  expect(wishOfClick({ mode: 'hold', turn: 'held' }, false)).toBe('talk-end');
});
