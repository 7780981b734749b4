import { describe, expect, it } from 'vitest';
import { isActive, phases } from '../../../lib/protocol/snapshot.ts';
import { turns } from '../../../lib/protocol/snapshot.ts';
import { barHeight, rms } from '../../../lib/ui/view/level.ts';
import { refusal } from '../../../lib/ui/view/microphone.ts';
import { shortcutsPage, siteSettingsPage } from '../../../lib/ui/view/browser-pages.ts';
import { talkDoes, talkState } from '../../../lib/ui/view/talk.ts';

describe('the talk button', () => {
  it.each([
    ['idle', null, 'idle', 'start'],
    ['asking-permission', null, 'asking', 'allow'],
    ['connecting', null, 'connecting', 'cancel'],
    ['live', 'listening', 'listening', 'hang-up'],
    ['live', 'hearing', 'hearing', 'hang-up'],
    ['live', 'thinking', 'thinking', 'stop'],
    ['live', 'reading', 'reading', 'stop'],
    ['live', 'speaking', 'speaking', 'stop'],
    ['live', 'interrupting', 'interrupting', 'nothing'],
    ['live', 'muted', 'muted', 'unmute'],
    ['unstable', 'speaking', 'reconnecting', 'hang-up'],
    ['ended', null, 'ended', 'start'],
    ['failed', null, 'fault', 'nothing'],
  ] as const)('in a call that is %s (%s) shows %s and a press does: %s', (phase, turn, state, does) => {
    expect(talkState({ phase, turn, microphone: true })).toBe(state);
    expect(talkDoes[state]).toBe(does);
  });

  it('says "Listening" only while the microphone gives sound', () => {
    expect(talkState({ phase: 'live', turn: 'waiting', microphone: true })).toBe('waiting');
    expect(talkState({ phase: 'live', turn: null, microphone: true })).toBe('waiting');
    expect(talkState({ phase: 'live', turn: 'waiting', microphone: false })).toBe('typed');
  });

  it('never offers to start a call over a running one', () => {
    for (const phase of phases.filter(isActive)) {
      for (const turn of [...turns, null]) {
        expect(talkDoes[talkState({ phase, turn, microphone: true })]).not.toBe('start');
      }
    }
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
