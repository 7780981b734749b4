import { describe, expect, it } from 'vitest';
import { onTalkKeyDown, onTalkKeyUp } from '../../../lib/coordinator/talk-key.ts';
import { talkModes } from '../../../lib/protocol/settings.ts';
import type { Turn } from '../../../lib/protocol/snapshot.ts';

const live = (turn: Turn | null) => ({ phase: 'live', turn }) as const;

describe('the talk key', () => {
  it('starts a call where there is none, in every way to talk', () => {
    for (const mode of talkModes) {
      for (const phase of ['idle', 'ended', 'failed'] as const) {
        expect(onTalkKeyDown(mode, { phase, turn: null })).toBe('start');
        expect(onTalkKeyUp(mode, { phase, turn: null })).toBe('nothing');
      }
    }
  });

  it('in hands-free stops the answer, and says "I’m done" while the person is heard', () => {
    expect(onTalkKeyDown('hands-free', live('speaking'))).toBe('talk-begin');
    expect(onTalkKeyDown('hands-free', live('thinking'))).toBe('talk-begin');
    expect(onTalkKeyDown('hands-free', live('hearing'))).toBe('talk-end');
    expect(onTalkKeyUp('hands-free', live('hearing'))).toBe('nothing');
  });

  it('in tap begins a turn, and the next press ends it', () => {
    expect(onTalkKeyDown('tap', live('resting'))).toBe('talk-begin');
    expect(onTalkKeyDown('tap', live('speaking'))).toBe('talk-begin');
    expect(onTalkKeyUp('tap', live('held'))).toBe('nothing');
    expect(onTalkKeyDown('tap', live('held'))).toBe('talk-end');
  });

  it('in hold begins a turn, and ends it when it comes up', () => {
    expect(onTalkKeyDown('hold', live('resting'))).toBe('talk-begin');
    expect(onTalkKeyUp('hold', live('held'))).toBe('talk-end');
    expect(onTalkKeyUp('hold', live('thinking'))).toBe('nothing');
  });

  it('in hold ends a turn that a short press left open', () => {
    expect(onTalkKeyDown('hold', live('held'))).toBe('talk-end');
  });

  it('in hold ends the turn of a call that is still coming up', () => {
    expect(onTalkKeyUp('hold', { phase: 'connecting', turn: null })).toBe('talk-end');
    expect(onTalkKeyUp('hold', { phase: 'connecting', turn: 'held' })).toBe('talk-end');
  });
});
