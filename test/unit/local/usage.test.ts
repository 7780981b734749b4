import { afterEach, describe, expect, it } from 'vitest';
import { burstOutput } from '../../../relay/local/output/burst-output.ts';
import { EngineScript, readPage, type Scripted, type WireEvent } from '../../support/engine-script.ts';
import { settled } from '../../support/fake-clock.ts';

/** 4 characters are a token, so this is 100 of them. */
const INSTRUCTIONS = 'x'.repeat(400);

const open: EngineScript[] = [];
function call({ session, ...script }: Scripted = {}): EngineScript {
  const made = new EngineScript({
    session: { output_modalities: ['text'], instructions: INSTRUCTIONS, ...session },
    mind: { think: () => ({ say: 'abcdefgh' }) },
    ...script,
  });
  open.push(made);
  return made;
}
afterEach(() => open.splice(0).forEach((each) => each.close()));

const write = (script: EngineScript, id: string, tokens = 100): void =>
  script.send('conversation.item.create', {
    item: { id, type: 'message', role: 'user', content: [{ type: 'input_text', text: 'y'.repeat(tokens * 4) }] },
  });

async function respond(script: EngineScript, response = {}): Promise<WireEvent> {
  const from = script.events.length;
  script.send('response.create', { response });
  return (await script.event('response.done', from)).response.usage;
}

const cached = async (script: EngineScript, response = {}): Promise<number> =>
  (await respond(script, response)).input_token_details.cached_tokens;

describe('Each response', () => {
  it('is billed for all it reads: instructions, tools and the conversation', async () => {
    const script = call();
    write(script, 'a');
    const first = await respond(script);
    expect(first).toMatchObject({ input_tokens: 200, output_tokens: 2, total_tokens: 202 });
    expect((await respond(script)).input_tokens).toBe(202);
    script.send('session.update', { session: { type: 'realtime', tools: [readPage] } });
    expect((await respond(script)).input_tokens).toBeGreaterThan(204);
    expect((await respond(script, { instructions: '', tools: [] })).input_tokens).toBe(106);
    expect((await respond(script, { input: [] })).input_tokens).toBeGreaterThan(100);
  });

  it('is billed for sound by its length: a token for 100 ms heard, for 50 ms spoken', async () => {
    const script = call({
      session: { output_modalities: ['audio'], audio: { input: { turn_detection: null } } },
      turns: ['Hello.'],
      wordMs: 500,
    });
    script.sounds(2000);
    script.send('input_audio_buffer.commit');
    const heard = Math.ceil((Math.ceil(32_000 / 512) * 32) / 100);
    const first = await respond(script);
    expect(first.input_token_details).toMatchObject({ text_tokens: 100, audio_tokens: heard });
    expect(first.output_token_details).toEqual({ text_tokens: 2, audio_tokens: 10 });
    // What was said is read as sound by the next one.
    expect((await respond(script)).input_token_details.audio_tokens).toBe(heard + 10);
  });

  it('is billed when it is cut off, for what it made', async () => {
    const voice = Promise.withResolvers<never>();
    let clauses = 0;
    const script = call({
      session: { output_modalities: ['audio'] },
      mind: { think: () => ({ say: 'First sentence here. Second sentence here.' }) },
      speaking: {
        speak: async () => (clauses++ > 0 ? voice.promise : { samples: new Int16Array(24_000), words: [] }),
        ready: Promise.resolve({ languages: ['en'], missing: [] }),
        close: async () => {},
      },
    });
    script.send('response.create');
    await script.event('response.output_audio_transcript.delta');
    script.send('response.cancel');
    const { response } = await script.event('response.done');
    expect(response).toMatchObject({
      status: 'cancelled',
      usage: { input_tokens: 100, output_token_details: { audio_tokens: 20 } },
    });
  });

  it('is billed nothing when it was cut off before it made anything, and has no bill when it failed', async () => {
    const script = call({ mind: { think: () => new Promise(() => {}) } });
    script.send('response.create');
    await settled();
    script.send('response.cancel');
    const { response } = await script.event('response.done');
    expect(response).toMatchObject({ status: 'cancelled', output: [], usage: { total_tokens: 0 } });

    const broken = call({ mind: { think: () => Promise.reject(new Error('no')) } });
    broken.send('response.create');
    expect((await broken.event('response.done')).response).toMatchObject({ status: 'failed', usage: null });
  });
});

describe('What the last response read too', () => {
  it('comes from the cache, in steps of 64 tokens', async () => {
    const script = call();
    write(script, 'a');
    expect(await cached(script)).toBe(0);
    // 100 of instructions, 100 of the item, 2 of the answer.
    expect(await cached(script)).toBe(192);
    write(script, 'b', 300);
    expect(await cached(script)).toBe(192);
    expect(await cached(script)).toBe(448);
  });

  it('is told for text and sound apart', async () => {
    const script = call({
      session: { audio: { input: { turn_detection: null } } },
      turns: ['Hello.'],
      createOutput: burstOutput,
    });
    script.sounds(10_000);
    script.send('input_audio_buffer.commit');
    await respond(script);
    expect((await respond(script)).input_token_details).toMatchObject({
      cached_tokens: 128,
      cached_tokens_details: { text_tokens: 64, audio_tokens: 64, image_tokens: 0 },
    });
  });

  it.each<[string, (script: EngineScript) => void]>([
    [
      'the instructions',
      (script) => script.send('session.update', { session: { type: 'realtime', instructions: 'z'.repeat(400) } }),
    ],
    ['the tools', (script) => script.send('session.update', { session: { type: 'realtime', tools: [readPage] } })],
  ])('is lost altogether when %s change', async (_what, change) => {
    const script = call();
    write(script, 'a');
    await respond(script);
    change(script);
    expect(await cached(script)).toBe(0);
    expect(await cached(script)).toBeGreaterThanOrEqual(192);
  });

  it('is lost from where an early item is gone', async () => {
    const script = call();
    for (const id of ['a', 'b', 'c']) write(script, id);
    await respond(script);
    script.send('conversation.item.delete', { item_id: 'b' });
    // The instructions and the first item are still the same.
    expect(await cached(script)).toBe(192);
    script.send('conversation.item.delete', { item_id: 'a' });
    expect(await cached(script)).toBe(64);
  });

  it('is lost from where an answer was truncated', async () => {
    const script = call({ session: { output_modalities: ['audio'] }, wordMs: 10_000, createOutput: burstOutput });
    script.send('response.create');
    const { response } = await script.event('response.done');
    const spoken = { output_modalities: ['text'] };
    script.send('conversation.item.truncate', {
      item_id: response.output[0].id,
      content_index: 0,
      audio_end_ms: 5000,
    });
    const { input_token_details: details } = await respond(script, spoken);
    expect(details).toMatchObject({ audio_tokens: 100, cached_tokens_details: { text_tokens: 64, audio_tokens: 0 } });
  });

  it('is not found by a response with instructions of its own, nor by the one after it', async () => {
    const script = call();
    write(script, 'a');
    await respond(script);
    expect(await cached(script, { instructions: 'z'.repeat(400) })).toBe(0);
    expect(await cached(script)).toBe(0);
    expect(await cached(script)).toBe(192);
  });

  it('is not touched by what runs outside of the conversation', async () => {
    const script = call();
    write(script, 'a');
    await respond(script);
    await respond(script, { conversation: 'none', input: [], instructions: 'Summarise.' });
    expect(await cached(script)).toBe(192);
  });
});

describe('The cost of a conversation', () => {
  /** USD per million tokens of gpt-realtime-2.1 (realtime-protocol 6). */
  const rates = {
    text: { in: 4, cached: 0.4, out: 24 },
    audio: { in: 32, cached: 0.4, out: 64 },
    image: { in: 5, cached: 0.5, out: 0 },
  };

  /** The formula of realtime-protocol 6 over the events as a client gets them. */
  function cost(events: readonly WireEvent[]): number {
    const usages = events
      .filter(({ type }) => type === 'response.done')
      .flatMap(({ response }) => response.usage ?? []);
    const each = usages.flatMap(({ input_token_details: input, output_token_details: output }) =>
      (['text', 'audio', 'image'] as const).map((modality) => {
        const all = input[`${modality}_tokens`];
        const cheap = input.cached_tokens_details[`${modality}_tokens`];
        const made = output[`${modality}_tokens`] ?? 0;
        const rate = rates[modality];
        return (all - cheap) * rate.in + cheap * rate.cached + made * rate.out;
      }),
    );
    return each.reduce((sum, one) => sum + one, 0) / 1e6;
  }

  it('can be told from its events to the last digit', async () => {
    const script = call({
      session: { output_modalities: ['audio'], audio: { input: { turn_detection: null } } },
      turns: ['Hello.'],
      wordMs: 2000,
      createOutput: burstOutput,
    });
    // 6.4 s heard: 64 tokens. Each answer: 2 tokens of words, 40 of sound.
    script.sounds(6400);
    script.send('input_audio_buffer.commit');
    await respond(script);
    write(script, 'typed', 92);
    await respond(script);
    const first = 100 * 4 + 64 * 32 + 2 * 24 + 40 * 64;
    // Read: 192 of text, 64 of them from the cache; 104 of sound, 64 of them from the cache.
    const second = 128 * 4 + 64 * 0.4 + 40 * 32 + 64 * 0.4 + 2 * 24 + 40 * 64;
    expect(cost(script.events)).toBeCloseTo((first + second) / 1e6, 9);
  });
});

describe('A conversation longer than can be read', () => {
  const reading = (truncation: unknown): { script: EngineScript; read: string[][] } => {
    const read: string[][] = [];
    const script = call({
      session: { truncation },
      readableTokens: 450,
      mind: {
        think: ({ entries }) => {
          read.push(entries.map(({ item }) => item.id).filter((id) => id.length < 3));
          return { say: 'abcd' };
        },
      },
    });
    return { script, read };
  };

  async function talk(script: EngineScript, ids: string[]): Promise<void> {
    for (const id of ids) write(script, id);
    await respond(script);
  }

  it('loses its oldest items from what is read, one by one, but not from the conversation', async () => {
    const { script, read } = reading('auto');
    await talk(script, ['a', 'b', 'c']);
    await talk(script, ['d']);
    await talk(script, ['e']);
    // 350 tokens beside the instructions: three items and the short answers.
    expect(read).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c', 'd'],
      ['c', 'd', 'e'],
    ]);
    script.send('conversation.item.retrieve', { item_id: 'a' });
    expect(script.events.at(-1)!.type).toBe('conversation.item.retrieved');
  });

  it('loses more at once with a retention ratio, and finds the rest in the cache the next time', async () => {
    const { script, read } = reading({ type: 'retention_ratio', retention_ratio: 0.6 });
    await talk(script, ['a', 'b', 'c']);
    await talk(script, ['d']);
    expect(await cached(script)).toBe(256);
    // There is room again, so nothing more is lost and the prefix stays.
    await talk(script, ['e']);
    expect(read).toEqual([
      ['a', 'b', 'c'],
      ['c', 'd'],
      ['c', 'd'],
      ['c', 'd', 'e'],
    ]);
  });

  it('is measured by the limit of the session when that is smaller', async () => {
    const { script, read } = reading({
      type: 'retention_ratio',
      retention_ratio: 1,
      token_limits: { post_instructions: 150 },
    });
    await talk(script, ['a', 'b']);
    expect(read).toEqual([['b']]);
  });

  it('gets no answer when nothing may be left out', async () => {
    const { script } = reading('disabled');
    for (const id of ['a', 'b', 'c', 'd']) write(script, id);
    script.send('response.create');
    const { response } = await script.event('response.done');
    expect(response).toMatchObject({
      status: 'failed',
      status_details: { type: 'failed', error: { code: 'context_length_exceeded' } },
      usage: null,
    });
  });

  it('keeps no output of a call that it has lost', async () => {
    const { script, read } = reading('auto');
    const args = 'y'.repeat(600);
    const item = { id: 'f', type: 'function_call', name: 'read_page', call_id: 'call_1', arguments: args };
    script.send('conversation.item.create', { item });
    script.send('conversation.item.create', {
      item: { id: 'o', type: 'function_call_output', call_id: 'call_1', output: 'y' },
    });
    await talk(script, ['a', 'b', 'c']);
    expect(read).toEqual([['a', 'b', 'c']]);
  });
});
