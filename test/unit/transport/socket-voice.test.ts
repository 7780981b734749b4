import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodePcm } from '../../../lib/audio/base64.ts';
import type { PcmVoiceEvents, VoiceCut } from '../../../lib/audio/pcm-voice.ts';
import { SocketVoice } from '../../../lib/transport/socket-voice.ts';

/** A voice whose player remembers what it was told, and says `cut` when it is cleared. */
function speak(cut: VoiceCut = { responseId: 'r', items: [{ itemId: 'a', ms: 700 }] }) {
  const done: string[] = [];
  const toSession: { type: string; response_id?: string }[] = [];
  const toProvider: unknown[] = [];
  let player: Pick<PcmVoiceEvents, 'started' | 'drained' | 'starved'> | undefined;
  const voice = new SocketVoice({
    open(events) {
      player = events;
      done.push('open');
      return {
        play: (responseId, itemId, samples) => void done.push(`play ${responseId} ${itemId} ${samples.length}`),
        whole: (responseId) => void done.push(`whole ${responseId}`),
        end: (responseId) => void done.push(`end ${responseId}`),
        clear: async () => {
          done.push('clear');
          return cut;
        },
        close: () => void done.push('close'),
      };
    },
    toSession: (text) => void toSession.push(JSON.parse(text)),
    toProvider: (text) => void toProvider.push(text.startsWith('{') ? JSON.parse(text) : text),
  });
  const receive = (event: object) => voice.receive(JSON.stringify(event));
  return {
    voice,
    done,
    toSession,
    toProvider,
    receive,
    created: (id = 'r', output_modalities = ['audio']) =>
      receive({ type: 'response.created', response: { id, output_modalities } }),
    over: (id = 'r') => receive({ type: 'response.done', response: { id } }),
    delta: (response_id = 'r') =>
      receive({
        type: 'response.output_audio.delta',
        response_id,
        item_id: 'a',
        delta: encodePcm(new Int16Array(480)),
      }),
    player: () => player!,
    types: () => toSession.map(({ type }) => type),
  };
}
const settled = () => vi.advanceTimersByTimeAsync(200);
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const speechStarted = { type: 'input_audio_buffer.speech_started', item_id: 'u', audio_start_ms: 0 };
const truncation = { type: 'conversation.item.truncate', item_id: 'a', content_index: 0, audio_end_ms: 700 };

describe('the voice of a WebSocket line', () => {
  it('plays the sound, keeps it from the session, and says when it begins and ends', () => {
    const { done, created, delta, receive, over, player, types } = speak();
    created();
    delta();
    player().started('r');
    receive({ type: 'response.output_audio.done', response_id: 'r', item_id: 'a' });
    over();
    player().drained('r');
    expect(done).toEqual(['open', 'play r a 480', 'whole r', 'end r']);
    expect(types()).toEqual([
      'response.created',
      'output_audio_buffer.started',
      'response.output_audio.done',
      'response.done',
      'output_audio_buffer.stopped',
    ]);
  });

  it('needs no player for a typed conversation, and has one when it becomes a spoken one', () => {
    const { done, created, over, delta } = speak();
    created('t', ['text']);
    over('t');
    expect(done).toEqual([]);
    created();
    delta();
    created('r2');
    expect(done).toEqual(['open', 'play r a 480']);
  });

  it('loses no sample of an answer that did not say how it would be given', () => {
    const { done, delta } = speak();
    delta();
    expect(done).toEqual(['open', 'play r a 480']);
  });

  it('counts how often it ran dry', () => {
    const { voice, delta, player } = speak();
    delta();
    player().starved();
    player().starved();
    expect(voice.starved).toBe(2);
  });

  it('lets everything else pass, however odd', () => {
    const { voice, toSession, toProvider, done, receive } = speak();
    const odd = [
      { type: 'something.new' },
      { type: 'response.created' },
      { type: 'response.done', response: null },
      { type: 'session.updated', session: { audio: 7 } },
    ];
    for (const event of odd) receive(event);
    receive({ type: 'response.output_audio.delta', response_id: 7, item_id: 'a', delta: 'x' });
    expect(toSession).toEqual(odd);
    expect(done).toEqual([]);
    voice.send('not json');
    expect(toProvider).toEqual(['not json']);
  });
});

describe('an answer that is talked over', () => {
  it('stops, and the provider learns how much was heard; what still comes of it is not played', async () => {
    const { done, toProvider, created, delta, over, receive, types } = speak();
    created();
    delta();
    receive(speechStarted);
    await settled();
    delta();
    expect(done).toEqual(['open', 'play r a 480', 'clear']);
    expect(types().at(-1)).toBe('output_audio_buffer.cleared');
    expect(toProvider).toEqual([truncation]);
    over();
    // The next answer is heard again.
    created('r2');
    delta('r2');
    expect(done.at(-1)).toBe('play r2 a 480');
  });

  it('goes on where the session says that the voice does not interrupt', async () => {
    const { done, created, delta, receive } = speak();
    const turn_detection = { type: 'server_vad', interrupt_response: false };
    receive({ type: 'session.created', session: { audio: { input: { turn_detection } } } });
    created();
    delta();
    receive(speechStarted);
    await settled();
    expect(done).not.toContain('clear');
    receive({ type: 'session.updated', session: { audio: { input: { turn_detection: null } } } });
    receive(speechStarted);
    expect(done).toContain('clear');
  });

  it('tells of every item that was not heard to its end', async () => {
    const items = [
      { itemId: 'a', ms: 700 },
      { itemId: 'b', ms: 0 },
    ];
    const { toProvider, delta, receive } = speak({ responseId: 'r', items });
    delta();
    receive(speechStarted);
    await settled();
    expect(toProvider).toEqual([truncation, { ...truncation, item_id: 'b', audio_end_ms: 0 }]);
  });

  it('does nothing when there is nothing to be heard', async () => {
    const { toProvider, types, delta, receive } = speak({ responseId: null, items: [] });
    receive(speechStarted);
    delta();
    receive(speechStarted);
    await settled();
    expect(toProvider).toEqual([]);
    expect(types()).not.toContain('output_audio_buffer.cleared');
  });
});

describe('a client that stops the answer', () => {
  const clear = JSON.stringify({ type: 'output_audio_buffer.clear' });
  const cancel = { type: 'response.cancel' };
  /** It has hushed the loudspeaker first: what was on its way there is not heard. */
  const heard = { ...truncation, audio_end_ms: 634 };

  it('has it cleared here: the provider of a WebSocket does not know the event', async () => {
    const { voice, done, toProvider, created, delta } = speak();
    created();
    delta();
    voice.send(clear);
    await settled();
    expect(done).toContain('clear');
    expect(toProvider).toEqual([heard]);
  });

  it('is told so once the browser is silent too, and before the next answer sounds', async () => {
    const { voice, types, delta, player } = speak();
    delta();
    voice.send(clear);
    await vi.advanceTimersByTimeAsync(20);
    expect(types()).toEqual([]);
    await vi.advanceTimersByTimeAsync(80);
    expect(types()).toEqual(['output_audio_buffer.cleared']);
    voice.send(clear);
    await vi.advanceTimersByTimeAsync(20);
    player().started('r2');
    expect(types().slice(1)).toEqual(['output_audio_buffer.cleared', 'output_audio_buffer.started']);
    await settled();
    expect(types()).toHaveLength(3);
  });

  it('hears no more of a response that it cancels, and the provider hears of the cancel', async () => {
    const { voice, done, toProvider, created, delta } = speak({ responseId: null, items: [] });
    created();
    voice.send(JSON.stringify(cancel));
    delta();
    await settled();
    expect(done).toEqual(['open', 'clear']);
    expect(toProvider).toEqual([cancel]);
  });

  it('and asks for the next answer: the provider knows by then how much was heard', async () => {
    const { voice, toProvider, created, delta } = speak();
    const next = { type: 'response.create' };
    created();
    delta();
    for (const event of [cancel, JSON.parse(clear), next]) voice.send(JSON.stringify(event));
    expect(toProvider).toEqual([cancel]);
    await settled();
    expect(toProvider.at(-1)).toEqual(next);
    expect(toProvider[1]).toEqual(heard);
    voice.send(JSON.stringify(next));
    expect(toProvider.at(-1)).toEqual(next);
  });

  it('may say such words in a conversation', () => {
    const { voice, done, toProvider, delta } = speak();
    delta();
    const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text: '"response.cancel"' }] };
    const event = { type: 'conversation.item.create', item };
    voice.send(JSON.stringify(event));
    expect(toProvider).toEqual([event]);
    expect(done).not.toContain('clear');
  });
});
