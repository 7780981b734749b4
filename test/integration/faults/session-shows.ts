import { expect } from 'vitest';
import { ask, event, settled, types, type TestClient } from './client.ts';
import type { Show, Shows } from './world.ts';

const TRANSCRIPTION = 'conversation.item.input_audio_transcription.';

const place = (client: TestClient, type: string): number => types(client).indexOf(type);

/** The arguments of a hostile call as they arrive, and an ordinary answer behind it. */
const calls =
  (
    form: 'invalid-json' | 'wrong-arguments' | 'unknown-name' | 'many' | 'same-call-id',
    check: (made: any[]) => void,
  ): Show =>
  async ({ dial, faults }) => {
    const client = await dial();
    await faults.add('hostile-tool-calls', { form }, { times: 1 });
    ask(client);
    const done = await event(client, 'response.done');
    const made = client.events.filter(({ type }) => type === 'response.function_call_arguments.done');
    check(made);
    expect(done['response'].output).toHaveLength(made.length);
    // The engine knows the calls, so that a client can answer them.
    const output = { type: 'function_call_output', call_id: made[0]!['call_id'], output: '{"error":"refused"}' };
    client.send({ type: 'conversation.item.create', item: output });
    client.send({ type: 'response.create' });
    const next = await event(client, 'response.done', done.index + 1);
    expect(next['response'].status).toBe('completed');
    expect(types(client)).not.toContain('error');
  };

const failed =
  (code: 'insufficient_quota' | 'rate_limit_exceeded' | 'server_error', sent: string | null): Show =>
  async ({ dial, faults }) => {
    const client = await dial();
    await faults.add('failed-response', { code }, { times: 1 });
    ask(client);
    const done = await event(client, 'response.done');
    expect(done['response']).toMatchObject({
      status: 'failed',
      status_details: { type: 'failed', error: { type: code, code: sent } },
      output: [],
    });
    await settled(client);
    const made = types(client).filter((type) => /^(response|output_audio_buffer|rate_limits)/.test(type));
    expect(made).toEqual(['response.created', 'response.done']);
    // And it can be asked again.
    const from = client.events.length;
    client.send({ type: 'response.create' });
    expect((await event(client, 'response.done', from))['response'].status).toBe('completed');
  };

const silent =
  (created: boolean): Show =>
  async ({ dial, faults }) => {
    const client = await dial();
    await faults.add('silent-response', { created }, { times: 1 });
    ask(client);
    await settled(client);
    await settled(client);
    expect(types(client).filter((type) => type.startsWith('response.'))).toEqual(created ? ['response.created'] : []);
    const from = client.events.length;
    client.send({ type: 'response.create' });
    expect((await event(client, 'response.done', from))['response'].status).toBe('completed');
  };

export const sessionShows: Shows = {
  'late-transcription': {
    'brings the words after the answer': async ({ dial, faults }) => {
      const client = await dial();
      await faults.add('late-transcription', { ms: 1500 });
      await client.speak();
      await event(client, 'response.done');
      expect(place(client, `${TRANSCRIPTION}completed`)).toBe(-1);
      await event(client, `${TRANSCRIPTION}completed`);
    },
  },
  'early-transcription': {
    'brings the words before their item': async ({ dial, faults }) => {
      const client = await dial();
      await faults.add('early-transcription');
      await client.speak();
      await event(client, 'response.done');
      const words = place(client, `${TRANSCRIPTION}completed`);
      expect(words).toBeGreaterThan(-1);
      expect(place(client, 'input_audio_buffer.committed')).toBeGreaterThan(words);
      expect(place(client, 'conversation.item.added')).toBeGreaterThan(words);
    },
    'brings the item all the same when no words were asked for': async ({ dial, faults }) => {
      const client = await dial({ audio: { input: { transcription: null } } });
      await faults.add('early-transcription', { waitMs: 50 });
      await client.speak();
      await event(client, 'input_audio_buffer.committed');
    },
  },
  'missing-transcription': {
    'brings the answer without the words': async ({ dial, faults }) => {
      const client = await dial();
      await faults.add('missing-transcription', {}, { times: 1 });
      await client.speak();
      await event(client, 'response.done');
      await settled(client);
      expect(types(client).filter((type) => type.startsWith(TRANSCRIPTION))).toEqual([]);
    },
  },
  'failed-transcription': {
    'says that there are no words': async ({ dial, faults }) => {
      const client = await dial();
      await faults.add('failed-transcription', { code: 'audio_unintelligible' }, { times: 1 });
      await client.speak();
      const { error } = await event(client, `${TRANSCRIPTION}failed`);
      expect(error.code).toBe('audio_unintelligible');
      await event(client, 'response.done');
      expect(types(client).filter((type) => type.startsWith(TRANSCRIPTION))).toEqual([`${TRANSCRIPTION}failed`]);
    },
  },
  'slow-session-updated': {
    'confirms an update late': async ({ dial, faults }) => {
      const client = await dial();
      await faults.add('slow-session-updated', { ms: 300 });
      client.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Slowly.' } });
      await settled(client);
      expect(types(client)).not.toContain('session.updated');
      expect((await event(client, 'session.updated'))['session'].instructions).toBe('Slowly.');
    },
  },
  'silent-response': {
    'leaves a request without any answer, once': silent(false),
    'creates a response and leaves it at that': silent(true),
    'leaves a spoken turn without an answer': async ({ dial, faults }) => {
      const client = await dial();
      const id = await faults.add('silent-response');
      await client.speak();
      await event(client, `${TRANSCRIPTION}completed`);
      await settled(client);
      expect(types(client).filter((type) => type.startsWith('response.'))).toEqual([]);
      await faults.remove(id);
      client.send({ type: 'response.create' });
      await event(client, 'response.done');
    },
  },
  'failed-response': {
    'fails for want of money': failed('insufficient_quota', 'insufficient_quota'),
    'fails at a rate limit': failed('rate_limit_exceeded', 'rate_limit_exceeded'),
    'fails by the server’s fault': failed('server_error', null),
  },
  'session-limit': {
    'ends the session before its hour': async ({ dial, faults }) => {
      await faults.add('session-limit', { seconds: 2 }, { calls: 'next' });
      const client = await dial();
      const { session } = await event(client, 'session.created');
      expect(session.expires_at - Date.now() / 1000).toBeLessThan(3);
      expect((await event(client, 'error'))['error'].code).toBe('session_expired');
    },
  },
  'hostile-tool-calls': {
    'calls with arguments that are not JSON': calls('invalid-json', ([{ arguments: text }]) =>
      expect(() => JSON.parse(text)).toThrow(),
    ),
    'calls with arguments of a wrong kind': calls('wrong-arguments', ([{ arguments: text }]) =>
      expect(JSON.parse(text)).toEqual([null, '\u0000\ud800']),
    ),
    'calls what does not exist': calls('unknown-name', ([{ name }]) => expect(name).toBe('delete_everything')),
    'calls a thousand times at once': calls('many', (made) => {
      expect(made).toHaveLength(1000);
      expect(new Set(made.map(({ call_id: id }) => id)).size).toBe(1000);
    }),
    'calls twice under one id': calls('same-call-id', (made) => {
      expect(made).toHaveLength(2);
      expect(made[0].call_id).toBe(made[1].call_id);
      expect(made[0].item_id).not.toBe(made[1].item_id);
    }),
    'calls with a megabyte of arguments': async ({ dial, faults }) => {
      const client = await dial();
      await faults.add('hostile-tool-calls', { form: 'huge' }, { times: 1 });
      ask(client);
      const done = await event(client, 'response.function_call_arguments.done');
      expect(done['arguments'].length).toBeGreaterThan(1_000_000);
    },
  },
};
