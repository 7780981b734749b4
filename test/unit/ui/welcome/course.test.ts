import { describe, expect, it } from 'vitest';
import type { Line } from '../../../../lib/protocol/snapshot.ts';
import { after, firstOpen, isAnswered } from '../../../../lib/ui/welcome/course.ts';

describe('the steps', () => {
  it('begin with what is still to be done, for who comes again', () => {
    expect(firstOpen({ relay: false, microphone: false, talk: false })).toBe('relay');
    expect(firstOpen({ relay: false, microphone: true, talk: false })).toBe('relay');
    expect(firstOpen({ relay: true, microphone: false, talk: false })).toBe('microphone');
    expect(firstOpen({ relay: true, microphone: true, talk: false })).toBe('talk');
    expect(firstOpen({ relay: true, microphone: true, talk: true })).toBe('ready');
  });

  it('lead to the end, one after the other', () => {
    expect([after('relay'), after('microphone'), after('talk')]).toEqual(['microphone', 'talk', 'ready']);
  });
});

describe('the first answer', () => {
  const opened = 1000;
  const answer = (at: number, text: string): Line => ({ kind: 'assistant', id: `${at}`, at, text, state: 'streaming' });

  it('is there with its first words', () => {
    expect(isAnswered([answer(1500, 'I can')], opened)).toBe(true);
  });

  it('is not there while it has none, nor with the person’s own', () => {
    const said: Line = { kind: 'person', id: 'p', at: 1500, text: 'What can you do?', state: 'final', typed: false };
    expect(isAnswered([said, answer(1600, '')], opened)).toBe(false);
  });

  it('is not one of a call before this visit', () => {
    expect(isAnswered([answer(900, 'Yesterday’s')], opened)).toBe(false);
  });
});
