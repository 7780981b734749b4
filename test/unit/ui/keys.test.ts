import { describe, expect, it } from 'vitest';
import { keyMeaning, sends, type Place, type Talking } from '../../../lib/ui/view/keys.ts';
import { isAnswering, talkDoes, talkState } from '../../../lib/ui/view/talk.ts';
import type { TalkMode } from '../../../lib/protocol/settings.ts';
import type { Turn } from '../../../lib/protocol/snapshot.ts';

const key = (name: string, more: Partial<KeyboardEvent> = {}) => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  isComposing: false,
  keyCode: 0,
  ...more,
});

function talking(mode: TalkMode, turn: Turn): Talking {
  const state = talkState({ phase: 'live', turn, microphone: true });
  return { state, mode, does: talkDoes(state, mode), answering: isAnswering(turn) };
}

const places: Place[] = ['page', 'talk-button', 'empty-field', 'field', 'control'];
const whereItMeans = (name: string, now: Talking) => places.filter((place) => keyMeaning(key(name), place, now));

describe('Space', () => {
  it('is the talk key of hold where nothing else wants it', () => {
    expect(whereItMeans(' ', talking('hold', 'resting'))).toEqual(['page', 'talk-button']);
    expect(whereItMeans(' ', talking('hold', 'speaking'))).toEqual(['page', 'talk-button']);
    expect(keyMeaning(key(' '), 'page', talking('hold', 'held'))).toBe('talk');
  });

  it('is an ordinary key otherwise', () => {
    expect(whereItMeans(' ', talking('tap', 'resting'))).toEqual([]);
    expect(whereItMeans(' ', talking('hands-free', 'listening'))).toEqual([]);
    expect(whereItMeans(' ', talking('hold', 'muted'))).toEqual([]);
    expect(keyMeaning(key(' ', { ctrlKey: true }), 'page', talking('hold', 'resting'))).toBeNull();
    expect(keyMeaning(key(' ', { isComposing: true }), 'page', talking('hold', 'resting'))).toBeNull();
  });
});

describe('Enter', () => {
  it('says "I’m done" in hands-free while the person is heard', () => {
    expect(whereItMeans('Enter', talking('hands-free', 'hearing'))).toEqual(['page', 'empty-field']);
    expect(keyMeaning(key('Enter'), 'page', talking('hands-free', 'hearing'))).toBe('done');
    expect(whereItMeans('Enter', talking('hands-free', 'listening'))).toEqual([]);
    expect(whereItMeans('Enter', talking('tap', 'held'))).toEqual([]);
  });

  it('holds the talk button that has the focus', () => {
    expect(whereItMeans('Enter', talking('hold', 'resting'))).toEqual(['talk-button']);
    expect(keyMeaning(key('Enter'), 'talk-button', talking('hold', 'resting'))).toBe('talk');
  });

  it('sends what is written, but not while an input method is at work', () => {
    expect(sends(key('Enter'))).toBe(true);
    expect(sends(key('Enter', { shiftKey: true }))).toBe(false);
    expect(sends(key('Enter', { isComposing: true }))).toBe(false);
    expect(sends(key('Enter', { keyCode: 229 }))).toBe(false);
    expect(sends(key('a'))).toBe(false);
  });
});

describe('Esc', () => {
  it('stops an answer, wherever the focus is', () => {
    for (const turn of ['speaking', 'thinking', 'reading'] as const) {
      for (const mode of ['hands-free', 'tap', 'hold'] as const) {
        for (const place of places) expect(keyMeaning(key('Escape'), place, talking(mode, turn))).toBe('stop');
      }
    }
  });

  it('throws away the turn that is held', () => {
    expect(keyMeaning(key('Escape'), 'page', talking('hold', 'held'))).toBe('drop');
    expect(keyMeaning(key('Escape'), 'page', talking('tap', 'held'))).toBe('drop');
  });

  it('is the browser’s otherwise: it closes the popup', () => {
    expect(whereItMeans('Escape', talking('hands-free', 'listening'))).toEqual([]);
    expect(whereItMeans('Escape', talking('hold', 'resting'))).toEqual([]);
  });
});
