import { describe, expect, it, vi } from 'vitest';
import { turnOf } from '../../../lib/call/state.ts';
import { linesOf } from '../../../lib/call/transcript.ts';
import { wishesOf } from '../../../lib/call/wishes.ts';
import { answerKinds, type Answers } from '../../../lib/protocol/settings.ts';
import { news, plan, play, spokenCallUp, talking, type Happening } from './play.ts';
import { setTheStage } from './stage.ts';

const to = (answers: Answers): Happening => ({ type: 'adjust', ...plan({ answers }) });
const up = (answers: Answers) => spokenCallUp(plan({ answers }));
const frames: Happening = { type: 'frames', flowing: true };
const text = 'It opens at nine in the morning, every day but Monday.';
/** An answer that is written already, and is still being spoken. */
const written: Happening[] = [
  frames,
  news({ type: 'response-started', responseId: 'r' }),
  news({ type: 'voice-started', responseId: 'r' }),
  news({ type: 'assistant-final', itemId: 'a', text }),
  news({ type: 'response-done', responseId: 'r', inputTokens: 1, outputTokens: 1, fault: null }),
];
const cut: Happening = news({ type: 'cut', itemId: 'a', audioEndMs: 400 });

describe('how a call is answered', () => {
  it('is asked for when it begins, and a call without a microphone is always answered in text', () => {
    const asked = (answers: Answers, microphone = true) => wishesOf(plan({ answers, microphone }), []).output;
    expect(answerKinds.map((each) => asked(each))).toEqual(['audio', 'text', 'audio']);
    expect(answerKinds.map((each) => asked(each, false))).toEqual(['text', 'text', 'text']);
  });

  it('changes in mid-call: the provider learns what to make, and only that', () => {
    const outputs = (...kinds: Answers[]) =>
      play(kinds.map(to), spokenCallUp()).effects.filter(({ type }) => type === 'use-output');
    expect(outputs('text', 'voice')).toEqual([
      { type: 'use-output', output: 'text' },
      { type: 'use-output', output: 'audio' },
    ]);
    expect(outputs('captions', 'voice', 'voice')).toEqual([]);
    expect(outputs('captions', 'text', 'captions')).toHaveLength(2);
  });

  it('changes while the line comes up, too: the provider learns it when it is up', () => {
    const early = play([
      { type: 'start', callId: 'c', plan: plan(), say: null },
      to('text'),
      { type: 'microphone-open', attempt: 1 },
      { type: 'session-open', attempt: 1, provider: 'p', model: 'm', transport: 'webrtc', reason: null },
    ]);
    expect(early.effects).not.toContainEqual(expect.objectContaining({ type: 'use-output' }));
    const { last } = play([news({ type: 'ready', expiresAt: null })], early.state);
    expect(last).toContainEqual({ type: 'use-output', output: 'text' });
  });

  it('stays text when a typed call gets a microphone and text is wanted', () => {
    const typed = play([
      { type: 'start', callId: 'c', plan: plan({ microphone: false, answers: 'text' }), say: 'Hello' },
      { type: 'session-open', attempt: 1, provider: 'p', model: 'm', transport: 'webrtc', reason: null },
      news({ type: 'ready', expiresAt: null }),
      { type: 'start', callId: 'd', plan: plan(), say: null },
      { type: 'microphone-open', attempt: 1 },
    ]);
    expect(typed.effects.map(({ type }) => type)).not.toContain('use-output');
    expect(typed.last.map(({ type }) => type)).toEqual(['open-uplink']);
  });
});

describe('an answer that nobody hears', () => {
  it('is written, and over when it is written', () => {
    const began = [news({ type: 'response-started', responseId: 'r' })];
    const words = [...began, news({ type: 'assistant-text', itemId: 'a', delta: 'It opens' })];
    expect(turnOf(play(began, up('text')).state)).toBe('thinking');
    expect(turnOf(play(words, up('text')).state)).toBe('writing');
    expect(turnOf(play(words, up('voice')).state)).toBe('thinking');
    const shown = (answers: Answers) => turnOf(play(written, up(answers)).state);
    expect([shown('voice'), shown('captions')]).toEqual(['speaking', 'listening']);
  });

  it('is whole when the sound is turned off in the middle of it, and speaks on when it comes back', () => {
    const speaking = play(written, spokenCallUp()).state;
    for (const answers of ['captions', 'text'] as const) {
      const off = play([to(answers)], speaking);
      expect(off.effects.map(({ type }) => type)).not.toContain('stop-answer');
      expect(linesOf(off.state.transcript)).toMatchObject([{ text, state: 'final' }]);
      expect(turnOf(play([to('voice')], off.state).state)).toBe('speaking');
    }
  });

  it('is not cut by talking, by the talk key or by what is written next', () => {
    const ours: Happening[] = [{ type: 'barge-in' }, { type: 'talk-begin' }];
    for (const act of ours) expect(play([...written, act], up('captions')).last).toEqual([]);
    const held = spokenCallUp({ ...talking({ mode: 'hold' }), answers: 'captions' });
    const begun = news({ type: 'response-started', responseId: 'r' });
    expect(play([begun, { type: 'talk-begin' }], held).last).toEqual([{ type: 'begin-turn' }]);
    const said = play([...written, { type: 'say', text: 'And on Sunday?' }], up('captions'));
    expect(turnOf(said.state)).toBe('thinking');
  });

  it('is not cut by the provider either, which hears the person', () => {
    const interrupts = (answers: Answers) => wishesOf(plan({ answers }), []).turnDetection?.interrupt_response;
    expect(answerKinds.map(interrupts)).toEqual([true, false, false]);
    const { last } = play([to('captions')], spokenCallUp());
    expect(last).toMatchObject([{ session: { input: { turn_detection: { interrupt_response: false } } } }]);
    const hold = talking({ mode: 'hold' });
    expect(play([{ type: 'adjust', ...hold, answers: 'captions' }], spokenCallUp(hold)).last).toMatchObject([
      { session: null },
    ]);
  });

  it('stops at the hand, and what was read of it is not struck', () => {
    const making = play(written.slice(0, -1), up('captions')).state;
    const stopped = play([{ type: 'stop-answer' }], making);
    expect([turnOf(stopped.state), stopped.last]).toEqual(['interrupting', [{ type: 'stop-answer' }]]);
    const lines = (answers: Answers) => linesOf(play([...written, cut], up(answers)).state.transcript);
    expect(lines('captions')).toMatchObject([{ state: 'cut', heardChars: text.length }]);
    expect(lines('voice')).toMatchObject([{ state: 'cut', heardChars: 8 }]);
  });

  it('is not asked for to warn of the end: a tone is heard', () => {
    const idle: Happening = { type: 'idle', endsAt: 100_000 };
    const paid = { provider: 'openai' };
    expect(play([idle], { ...up('voice'), ...paid }).last).toMatchObject([{ type: 'note', answer: true }]);
    expect(play([idle], { ...up('text'), ...paid }).last).toEqual([{ type: 'warn-by-tone' }]);
  });
});

describe('the loudspeaker', () => {
  it('is silent from the start, or from the moment when the person wants it', async () => {
    const quiet = setTheStage();
    await quiet.live(plan({ answers: 'captions' }));
    expect(quiet.heard).toContain('silent');
    const { call, heard, sent, live } = setTheStage();
    await live();
    call.adjust(plan({ answers: 'text' }));
    call.adjust(plan({ answers: 'voice' }));
    expect(heard.filter((each) => /^s(ilent|ounding)$/.test(each))).toEqual(['silent', 'sounding']);
    const outputs = sent.filter((each) => 'output_modalities' in ((each as { session?: object }).session ?? {}));
    expect(outputs).toMatchObject([
      { type: 'session.update', session: { output_modalities: ['text'] } },
      { type: 'session.update', session: { output_modalities: ['audio'] } },
    ]);
  });

  it('comes back with the newest answer, not with the rest of one before it', async () => {
    const { call, heard, server, live } = setTheStage();
    await live(plan({ answers: 'captions' }));
    const created = (id: string) => server({ type: 'response.created', response: { id } });
    const started = (id: string) => server({ type: 'output_audio_buffer.started', response_id: id });
    created('r1');
    started('r1');
    heard.length = 0;
    created('r2');
    call.adjust(plan());
    expect(heard).toEqual(['hush', 'sounding']);
    started('r2');
    expect(heard).toEqual(['hush', 'sounding', 'unhush']);
  });

  it('leaves the voice behind it alone when the next question is written', async () => {
    const { call, sent, server, live } = setTheStage();
    await live(plan({ answers: 'captions' }));
    server({ type: 'response.created', response: { id: 'r1' } });
    server({ type: 'output_audio_buffer.started', response_id: 'r1' });
    server({ type: 'response.done', response: { id: 'r1', status: 'completed', output: [] } });
    sent.length = 0;
    call.say('And on Sunday?');
    await vi.waitFor(() => expect(sent.at(-1)?.type).toBe('response.create'));
    expect(sent.map(({ type }) => type)).toEqual(['conversation.item.create', 'response.create']);
  });
});
