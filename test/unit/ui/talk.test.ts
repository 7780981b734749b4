import { describe, expect, it } from 'vitest';
import { talkModes } from '../../../lib/protocol/settings.ts';
import { isActive, phases, turns } from '../../../lib/protocol/snapshot.ts';
import { barHeight, rms } from '../../../lib/ui/view/level.ts';
import { refusal } from '../../../lib/ui/view/microphone.ts';
import { shortcutsPage, siteSettingsPage } from '../../../lib/ui/view/browser-pages.ts';
import { isAnswering, talkDoes, talkMode, talkState } from '../../../lib/ui/view/talk.ts';
import { words } from '../../../lib/ui/words/call.en.ts';
import { pressWord, stateWord } from '../../../lib/ui/words/talk.ts';

describe('the talk button', () => {
  it.each([
    ['idle', null, 'idle', 'start', 'talk'],
    ['asking-permission', null, 'asking', 'allow', 'allow'],
    ['connecting', null, 'connecting', 'cancel', 'talk'],
    ['live', 'listening', 'listening', 'hang-up', 'talk'],
    ['live', 'hearing', 'hearing', 'hang-up', 'talk'],
    ['live', 'thinking', 'thinking', 'stop', 'talk'],
    ['live', 'reading', 'reading', 'stop', 'talk'],
    ['live', 'speaking', 'speaking', 'stop', 'talk'],
    ['live', 'writing', 'writing', 'stop', 'talk'],
    ['live', 'interrupting', 'interrupting', 'nothing', 'talk'],
    ['live', 'held', 'held', 'send', 'send'],
    ['live', 'resting', 'resting', 'hang-up', 'talk'],
    ['live', 'muted', 'muted', 'unmute', 'unmute'],
    ['unstable', 'speaking', 'reconnecting', 'hang-up', 'talk'],
    ['unstable', 'held', 'held', 'send', 'send'],
    ['ended', null, 'ended', 'start', 'talk'],
    ['failed', null, 'fault', 'nothing', 'nothing'],
  ] as const)(
    'in a call that is %s (%s) shows %s; a press does: %s, and with the talk key: %s',
    (phase, turn, state, handsFree, withKey) => {
      expect(talkState({ phase, turn, microphone: true })).toBe(state);
      expect(talkDoes(state, 'hands-free')).toBe(handsFree);
      expect(talkDoes(state, 'tap')).toBe(withKey);
      expect(talkDoes(state, 'hold')).toBe(withKey);
    },
  );

  it('says "Listening" only while the microphone gives sound', () => {
    expect(talkState({ phase: 'live', turn: 'waiting', microphone: true })).toBe('waiting');
    expect(talkState({ phase: 'live', turn: null, microphone: true })).toBe('waiting');
    expect(talkState({ phase: 'live', turn: 'waiting', microphone: false })).toBe('typed');
    expect(talkState({ phase: 'live', turn: 'resting', microphone: false })).toBe('typed');
  });

  it('shows that one may speak already while the call comes up', () => {
    expect(talkState({ phase: 'connecting', turn: 'held', microphone: true })).toBe('held');
    expect(talkState({ phase: 'connecting', turn: 'listening', microphone: true })).toBe('listening');
  });

  it('never offers to start a call over a running one', () => {
    for (const phase of phases.filter(isActive)) {
      for (const turn of [...turns, null]) {
        for (const mode of talkModes) {
          expect(talkDoes(talkState({ phase, turn, microphone: true }), mode)).not.toBe('start');
        }
      }
    }
  });

  it('goes by the way to talk of the call, and without one by the setting', () => {
    expect(talkMode({ phase: 'live', talkMode: 'tap' }, 'hold')).toBe('tap');
    expect(talkMode({ phase: 'ended', talkMode: 'tap' }, 'hold')).toBe('hold');
  });

  it('offers to stop an answer, and nothing else', () => {
    expect(turns.filter(isAnswering)).toEqual(['speaking', 'thinking', 'writing', 'reading']);
    expect(isAnswering(null)).toBe(false);
  });
});

describe('the words of the talk button', () => {
  it('say what to do with the hand', () => {
    expect(stateWord(words, 'resting', 'hold')).toBe('Hold to talk');
    expect(stateWord(words, 'held', 'hold')).toBe('Speak… release to send');
    expect(stateWord(words, 'held', 'tap')).toBe('Speak… press to send');
    expect(stateWord(words, 'listening', 'hold')).toBe('Listening');
    expect(pressWord(words, 'talk', 'tap')).toBe('Press to talk');
    expect(pressWord(words, 'send', 'hold')).toBe('Release to send');
    expect(pressWord(words, 'stop', 'hands-free')).toBe('Press to stop the answer');
    expect(pressWord(words, 'nothing', 'tap')).toBe('');
  });

  it('offer a press for a turn that is left over when the person changes to hands-free', () => {
    expect(stateWord(words, 'held', 'hands-free')).toBe('Speak… press to send');
    expect(pressWord(words, 'send', 'hands-free')).toBe('Press to send');
  });
});

describe('the height of a bar', () => {
  it('follows loudness from silence to a shout, and never leaves the scale', () => {
    const heights = [0, 0.001, 0.01, 0.05, 0.2, 1].map(barHeight);
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
    expect([heights[0], heights[5]]).toEqual([0, 1]);
    for (const nonsense of [-1, Number.NaN]) expect(barHeight(nonsense)).toBe(0);
  });

  it('comes from the samples', () => {
    expect(rms(new Float32Array([0.5, -0.5]))).toBeCloseTo(0.5);
    expect(rms(new Float32Array())).toBe(0);
  });
});

describe('a microphone that does not open', () => {
  it.each([
    ['NotAllowedError', 'denied', 'denied'],
    ['NotAllowedError', 'prompt', 'dismissed'],
    ['NotAllowedError', 'granted', 'denied'],
    ['NotFoundError', 'prompt', 'missing'],
    ['NotReadableError', 'granted', 'busy'],
    ['AbortError', 'granted', 'busy'],
  ] as const)('by %s with the permission %s is %s', (name, state, answer) => {
    expect(refusal(name, state)).toBe(answer);
  });
});

describe("the browser's own pages", () => {
  const chrome =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

  it('are those of Chrome, or of Edge', () => {
    expect(shortcutsPage(chrome)).toBe('chrome://extensions/shortcuts');
    expect(shortcutsPage(`${chrome} Edg/140.0.0.0`)).toBe('edge://extensions/shortcuts');
    expect(siteSettingsPage(chrome, 'chrome-extension://abc')).toBe(
      'chrome://settings/content/siteDetails?site=chrome-extension%3A%2F%2Fabc',
    );
  });
});
