/** A scripted engine on real transports: a spoken question over WebRTC, a typed one over WebSocket. */
import * as rtc from 'node-datachannel';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startEngine, type Engine } from '../../relay/local/engine.ts';
import type { Mind } from '../../relay/local/mind/mind.ts';
import { everyCall, script } from '../../relay/local/script/script.ts';
import { createSpeaking } from '../../relay/local/speaking/speaking.ts';
import { readPage, scriptedHearing, scriptedSpeaking } from '../support/engine-script.ts';
import { mint, RealtimePeer, type ServerEvent } from '../support/realtime-peer.ts';
import { RealtimeSocket } from '../support/realtime-socket.ts';
import { closeRecogniser, ears, recognise, wordErrors } from '../support/recognise.ts';

const KEY = 'sk-any';
const ANSWER = 'The next train to London leaves from platform four.';
const SESSION = {
  tools: [readPage],
  audio: {
    input: { transcription: { language: 'en' }, turn_detection: { type: 'server_vad', silence_duration_ms: 500 } },
  },
};
const speaking = createSpeaking();
const closers: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});
afterAll(async () => {
  await Promise.all([closeRecogniser(), speaking.close()]);
  rtc.cleanup();
});

/** An engine with this mind that shares the ears of the whole file, or has none. */
async function engineWith(mind: Mind, { real = false, control = false } = {}): Promise<Engine> {
  const hearing = real ? { ...ears(), close: async () => {} } : scriptedHearing([]);
  const voice = real ? { ...speaking, close: async () => {} } : scriptedSpeaking(20);
  const engine = await startEngine({ key: KEY, mind, hearing, speaking: voice, control });
  closers.push(() => engine.close());
  return engine;
}

async function socketTo(engine: Engine): Promise<RealtimeSocket> {
  const socket = await RealtimeSocket.open({
    baseUrl: engine.baseUrl,
    key: KEY,
    query: { model: 'gpt-realtime-2.1' },
  });
  closers.push(() => socket.close());
  return socket;
}

const typed = (text: string): ServerEvent => ({
  type: 'conversation.item.create',
  item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
});

describe('A script', () => {
  it('hears a spoken question over WebRTC, calls a tool, and is heard to say what it should', async () => {
    const brain = script()
      .hear(/next train/i)
      .say('Let me look.', 'commentary')
      .call('read_page')
      .expectOutput({ text: 'Platform four.' })
      .wait(200)
      .say(ANSWER);
    const engine = await engineWith(brain, { real: true });
    const peer = await RealtimePeer.connect({
      baseUrl: engine.baseUrl,
      key: await mint({ baseUrl: engine.baseUrl, key: KEY }, SESSION),
    });
    closers.push(() => peer.close());
    await peer.event('session.created');
    const question = 'What time does the next train leave for London?';
    const { samples } = await speaking.speak(question, { language: 'en', voice: 'cedar' });
    await peer.say(samples);
    const called = await peer.event('response.function_call_arguments.done');
    const done = await peer.event('response.done', { from: called.index });
    expect(done['response'].output.map(({ type }: { type: string }) => type)).toEqual(['message', 'function_call']);
    const item = { type: 'function_call_output', call_id: called['call_id'], output: '{"text":"Platform four."}' };
    peer.send({ type: 'conversation.item.create', item });
    peer.send({ type: 'response.create' });
    await peer.event('response.output_audio_transcript.done', { from: done.index });
    // The preamble may still be playing.
    const answered = (event: ServerEvent): boolean => event['response_id'] !== done['response'].id;
    const started = await peer.event('output_audio_buffer.started', { where: answered });
    await peer.event('output_audio_buffer.stopped', { where: answered, timeoutMs: 30_000 });
    const heard = await recognise(peer.heardSince(started.receivedAt - 100), 16_000);
    // Unmistakably this sentence; how well voices are understood is another test's business.
    expect(wordErrors(ANSWER, heard), heard).toBeLessThanOrEqual(3);
    expect(brain.heard[0]).toMatch(/train/i);
    brain.check();
  });

  it('plays over WebSocket just the same', async () => {
    const brain = script()
      .hear('hello')
      .sayWithPreamble('Well.', 'Hello to you.')
      .hear()
      .fail({ code: 'server_error' });
    const engine = await engineWith(brain);
    const socket = await socketTo(engine);
    socket.send(typed('Hello!'));
    socket.send({ type: 'response.create' });
    const done = await socket.event('response.done');
    expect(done['response'].output.map(({ phase }: { phase: string }) => phase)).toEqual([
      'commentary',
      'final_answer',
    ]);
    socket.send({ type: 'response.create' });
    const failed = await socket.event('response.done', { from: done.index + 1 });
    expect(failed['response']).toMatchObject({ status: 'failed', status_details: { error: { code: 'server_error' } } });
    brain.check();
  });

  it.each([false, true])('for every call begins anew in each, two at once (control: %s)', async (control) => {
    const steps = ['First.', 'Second.'].flatMap((say) => [{ hear: 'hello' }, { part: { say } }]);
    const engine = await engineWith(everyCall(steps), { control });
    const sockets = [await socketTo(engine), await socketTo(engine)];
    for (const expected of ['First.', 'Second.']) {
      for (const socket of sockets) {
        const from = socket.events.length;
        socket.send(typed('Hello!'));
        socket.send({ type: 'response.create' });
        const said = await socket.event('response.output_audio_transcript.done', { from });
        expect(said['transcript']).toBe(expected);
        await socket.event('response.done', { from });
      }
    }
  });
});
