import { describe, expect, it } from 'vitest';
import { encodePcm } from '../../../lib/audio/base64.ts';
import { SocketVoice } from '../../../lib/transport/socket-voice.ts';

/** A voice whose line remembers what it was told; 700 ms of the item were heard when it is cleared. */
function speak() {
  const done: string[] = [];
  const toSession: { type: string; response_id?: string }[] = [];
  const toProvider: object[] = [];
  const line = {
    play: (itemId: string, samples: Int16Array) => void done.push(`play ${itemId} ${samples.length}`),
    end: () => void done.push('end'),
    clear: async () => {
      done.push('clear');
      return { itemId: 'a', playedMs: 700 };
    },
  };
  const voice = new SocketVoice(line, {
    toSession: (text) => void toSession.push(JSON.parse(text)),
    toProvider: (text) => void toProvider.push(JSON.parse(text)),
  });
  const receive = (event: object) => voice.receive(JSON.stringify(event));
  const delta = (responseId = 'r') =>
    receive({
      type: 'response.output_audio.delta',
      response_id: responseId,
      item_id: 'a',
      delta: encodePcm(new Int16Array(480)),
    });
  return { voice, done, toSession, toProvider, receive, delta, types: () => toSession.map(({ type }) => type) };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the voice of a WebSocket line', () => {
  it('plays the sound, keeps it from the session, and says when it begins and ends', () => {
    const { voice, done, delta, receive, types } = speak();
    delta();
    voice.started();
    receive({ type: 'response.done', response: { id: 'r' } });
    voice.drained();
    expect(done).toEqual(['play a 480', 'end']);
    expect(types()).toEqual(['output_audio_buffer.started', 'response.done', 'output_audio_buffer.stopped']);
  });

  it('stops when the person talks over it, and tells the provider how much was heard', async () => {
    const { voice, done, toProvider, delta, receive, types } = speak();
    delta();
    voice.started();
    receive({ type: 'input_audio_buffer.speech_started', item_id: 'u', audio_start_ms: 0 });
    await settled();
    delta();
    expect(done).toEqual(['play a 480', 'clear']);
    expect(types().at(-1)).toBe('output_audio_buffer.cleared');
    expect(toProvider).toEqual([
      { type: 'conversation.item.truncate', item_id: 'a', content_index: 0, audio_end_ms: 700 },
    ]);
    // The next answer is heard again.
    delta('r2');
    expect(done.at(-1)).toBe('play a 480');
  });

  it('truncates nothing when nothing was heard', async () => {
    const { toProvider, receive } = speak();
    receive({ type: 'input_audio_buffer.speech_started', item_id: 'u', audio_start_ms: 0 });
    await settled();
    expect(toProvider).toEqual([]);
  });

  it('stops by itself what WebRTC’s server would clear', async () => {
    const { voice, done, delta } = speak();
    delta();
    voice.started();
    expect(voice.handles('{"type":"output_audio_buffer.clear"}')).toBe(true);
    expect(voice.handles('{"type":"response.cancel"}')).toBe(false);
    await settled();
    expect(done).toContain('clear');
  });

  it('lets everything else pass, however odd', () => {
    const { voice, toSession, done, receive } = speak();
    receive({ type: 'something.new' });
    receive({ type: 'response.output_audio.delta', response_id: 7, item_id: 'a', delta: 'x' });
    expect(toSession).toEqual([{ type: 'something.new' }]);
    expect(done).toEqual([]);
    expect(() => voice.handles('not json')).not.toThrow();
  });
});
