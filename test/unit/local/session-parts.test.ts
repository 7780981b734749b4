import { afterEach, describe, expect, it } from 'vitest';
import type { Thought } from '../../../relay/local/mind/mind.ts';
import { EngineScript, readPage, readSelection, type Scripted } from '../../support/engine-script.ts';

const open: EngineScript[] = [];
function thinking(thought: Thought, session: Record<string, unknown> = {}, script: Scripted = {}): EngineScript {
  const opened = new EngineScript({ session, mind: { think: () => thought }, ...script });
  open.push(opened);
  return opened;
}
afterEach(() => open.splice(0).forEach((each) => each.close()));

const MESSAGE = [
  'response.output_item.added',
  'conversation.item.added',
  'response.content_part.added',
  'response.output_audio_transcript.delta',
  'response.output_audio.done',
  'response.output_audio_transcript.done',
  'response.content_part.done',
  'conversation.item.done',
  'response.output_item.done',
];
const CALL = [
  'response.output_item.added',
  'conversation.item.added',
  'response.function_call_arguments.delta',
  'response.function_call_arguments.done',
  'conversation.item.done',
  'response.output_item.done',
];
/** Without what plays, which has a time of its own. */
const made = (script: EngineScript, from = 0): string[] =>
  script.order(from).filter((type) => !type.startsWith('output_audio_buffer'));
const call = (name: string, args = '{}') => ({ call: { name, arguments: args } });

describe('A response of several items', () => {
  const thought: Thought = {
    parts: [
      { say: 'Let me look.', phase: 'commentary' },
      call('read_page'),
      call('read_selection', '{"all": true}'),
      { say: 'Both are being read.', phase: 'final_answer' },
    ],
  };

  it('writes one after the other, each with its own index, chained to the one before', async () => {
    const script = thinking(thought, {}, { wordMs: 1 });
    script.types('Read it');
    const done = await script.event('response.done');
    expect(made(script, 4)).toEqual([...MESSAGE, ...CALL, ...CALL, ...MESSAGE, 'response.done', 'rate_limits.updated']);
    const { output } = done.response;
    expect(output.map(({ type, phase }: Record<string, unknown>) => [type, phase])).toEqual([
      ['message', 'commentary'],
      ['function_call', undefined],
      ['function_call', undefined],
      ['message', 'final_answer'],
    ]);
    const indexes = script.events.flatMap(({ item_id: name, output_index: at }) =>
      at === undefined ? [] : [[name, at]],
    );
    for (const [id, index] of indexes.filter(([name]) => name)) expect(output[index].id).toBe(id);
    const added = script.events.filter(({ type }) => type === 'conversation.item.added').slice(-4);
    expect(added.slice(1).map(({ previous_item_id: previous }) => previous)).toEqual(
      output.slice(0, 3).map(({ id }: { id: string }) => id),
    );
  });

  it('talked over loses what was not heard: the rest of one message and all of the next', async () => {
    const said: Thought = { parts: [{ say: 'One two.', phase: 'commentary' }, { say: 'Three four.' }] };
    const script = thinking(said, {}, { wordMs: 300 });
    script.send('response.create');
    const done = await script.event('response.done');
    await expect.poll(() => script.frames.filter(Boolean).length).toBeGreaterThan(2);
    script.sounds(200);
    await script.event('output_audio_buffer.cleared');
    const [first, second] = done.response.output;
    const cuts = script.events.filter(({ type }) => type === 'conversation.item.truncated');
    expect(cuts.map(({ item_id: id }) => id)).toEqual([first.id, second.id]);
    expect(cuts[0]!.audio_end_ms).toBeGreaterThan(0);
    expect(cuts[1]!.audio_end_ms).toBe(0);
  });

  it('says and calls as before without parts', async () => {
    const script = thinking({ say: 'One moment.', calls: [{ name: 'read_page', arguments: '{}' }] });
    script.send('response.create');
    const { response } = await script.event('response.done');
    expect(response.output.map(({ type }: { type: string }) => type)).toEqual(['message', 'function_call']);
    expect(response.output[0]).not.toHaveProperty('phase');
  });

  it('has its arguments in small pieces that add up', async () => {
    const args = JSON.stringify({ words: 'x'.repeat(5000) });
    const script = thinking({ parts: [call('read_page', args)] });
    script.send('response.create');
    await script.event('response.done');
    const deltas = script.events.filter(({ type }) => type === 'response.function_call_arguments.delta');
    expect(deltas.length).toBeGreaterThan(10);
    expect(deltas.map(({ delta }) => delta).join('')).toBe(args);
  });
});

describe('The choice of tools', () => {
  const tools = [readPage, readSelection];
  const calls = async (thought: Thought, session: Record<string, unknown>, response = {}): Promise<string[]> => {
    const script = thinking(thought, { tools, ...session });
    script.send('response.create', { response });
    const done = await script.event('response.done');
    return done.response.output.map(({ type, name }: { type: string; name: string }) => name ?? type);
  };
  const both: Thought = { parts: [{ say: 'Look.', phase: 'commentary' }, call('read_page'), call('read_selection')] };
  const talk: Thought = { say: 'No need to.' };

  it.each([
    ['auto', both, 'auto', ['message', 'read_page', 'read_selection']],
    ['auto', talk, 'auto', ['message']],
    ['none', both, 'none', ['message']],
    ['required', both, 'required', ['message', 'read_page', 'read_selection']],
    ['required', talk, 'required', ['read_page']],
    ['a function', talk, { type: 'function', name: 'read_selection' }, ['read_selection']],
    ['a function', both, { type: 'function', name: 'read_selection' }, ['message', 'read_selection']],
  ])('%s: of %j', async (_name, thought, choice, expected) => {
    expect(await calls(thought, { tool_choice: choice })).toEqual(expected);
    expect(await calls(thought, {}, { tool_choice: choice })).toEqual(expected);
  });

  it('may be one at a time', async () => {
    expect(await calls(both, { parallel_tool_calls: false })).toEqual(['message', 'read_page']);
    expect(await calls(both, { parallel_tool_calls: true }, { parallel_tool_calls: false })).toEqual([
      'message',
      'read_page',
    ]);
  });
});

describe('A limit of tokens', () => {
  const say = 'Here is a rather long sentence, which goes on. And another one follows it, and so on.';

  it.each(['audio', 'text'])('ends %s in the middle, as incomplete', async (modality) => {
    const script = thinking({ say }, { output_modalities: [modality], max_output_tokens: 20 });
    script.send('response.create');
    const { response } = await script.event('response.done');
    expect(response).toMatchObject({
      status: 'incomplete',
      status_details: { type: 'incomplete', reason: 'max_output_tokens' },
      max_output_tokens: 20,
      output: [{ status: 'incomplete' }],
    });
    const [part] = response.output[0].content;
    const words = part.transcript ?? part.text;
    expect(say.startsWith(words)).toBe(true);
    expect(words.length).toBeGreaterThan(3);
    expect(words.length).toBeLessThan(say.length);
    expect(response.usage.output_tokens).toBeLessThanOrEqual(20);
    expect(made(script).slice(-2)).toEqual(['response.done', 'rate_limits.updated']);
  });

  it('holds for the arguments of a call too', async () => {
    const script = thinking(
      { calls: [{ name: 'read_page', arguments: JSON.stringify({ text: say }) }] },
      { max_output_tokens: 10 },
    );
    script.send('response.create');
    const { response } = await script.event('response.done');
    expect(response).toMatchObject({ status: 'incomplete', output: [{ type: 'function_call', status: 'incomplete' }] });
    expect(() => JSON.parse(response.output[0].arguments)).toThrow();
  });

  it('changes nothing when there is enough of them', async () => {
    const script = thinking({ say }, { output_modalities: ['text'], max_output_tokens: 4096 });
    script.send('response.create');
    const { response } = await script.event('response.done');
    expect(response).toMatchObject({ status: 'completed', output: [{ content: [{ text: say }] }] });
  });
});

describe('A response outside of the conversation', () => {
  const beside = (input?: unknown[]) => ({
    response: {
      conversation: 'none',
      output_modalities: ['text'],
      metadata: { topic: 'side' },
      ...(input ? { input } : {}),
    },
  });

  /** The mind says how much it was given to read. */
  function counting(): EngineScript {
    const script = new EngineScript({
      mind: {
        think: ({ entries }) =>
          entries.at(-1)?.item.id === 'slow' ? new Promise(() => {}) : { say: `I read ${entries.length}.` },
      },
    });
    open.push(script);
    return script;
  }
  const write = (script: EngineScript, id: string): void =>
    script.send('conversation.item.create', {
      item: { id, type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello' }] },
    });

  it('runs beside one that is in it, and neither knows of the other', async () => {
    const script = counting();
    write(script, 'slow');
    script.send('response.create');
    script.send('response.create', beside([]));
    const done = await script.event('response.done');
    expect(done.response).toMatchObject({
      status: 'completed',
      conversation_id: null,
      metadata: { topic: 'side' },
      output: [{ content: [{ text: 'I read 0.' }] }],
    });
    const items = script.events.filter(({ type }) => type === 'conversation.item.added');
    expect(items.map(({ item }) => item.id)).toEqual(['slow']);
    script.send('response.create');
    expect(script.events.at(-1)).toMatchObject({
      error: { code: 'conversation_already_has_active_response' },
    });
  });

  it('can be cancelled by its name', async () => {
    const script = counting();
    write(script, 'slow');
    script.send('response.create', beside());
    const { response } = await script.event('response.created');
    script.send('response.cancel', { response_id: response.id });
    expect((await script.event('response.done')).response).toMatchObject({
      id: response.id,
      status: 'cancelled',
      status_details: { reason: 'client_cancelled' },
    });
  });

  it('reads the conversation, or what it is given: new items and ones it refers to', async () => {
    const script = counting();
    write(script, 'a');
    write(script, 'b');
    script.send('response.create', beside());
    const all = await script.event('response.done');
    expect(all.response.output[0].content[0].text).toBe('I read 2.');
    const fresh = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'And this' }] };
    script.send('response.create', beside([{ type: 'item_reference', id: 'a' }, fresh, fresh]));
    const some = await script.event('response.done', all.index + 1);
    expect(some.response.output[0].content[0].text).toBe('I read 3.');
    script.send('response.create', beside([{ type: 'item_reference', id: 'nobody' }]));
    expect(script.events.at(-1)).toMatchObject({ type: 'error', error: { code: 'invalid_value' } });
  });

  it('takes 16 notes and no more', () => {
    const script = counting();
    const metadata = Object.fromEntries(Array.from({ length: 17 }, (_none, index) => [`key${index}`, 'x']));
    script.send('response.create', { response: { metadata } });
    expect(script.events.at(-1)).toMatchObject({
      type: 'error',
      error: { code: 'invalid_value', param: 'response.metadata' },
    });
  });
});

describe('A response cut off in the middle', () => {
  it('closes what is open, in order, and tells no rate limits', async () => {
    const voice = Promise.withResolvers<void>();
    let clauses = 0;
    const script = new EngineScript({
      mind: { think: () => ({ say: 'First sentence here. Second sentence here.' }) },
      speaking: {
        speak: async () => {
          if (clauses++ > 0) await voice.promise;
          return { samples: new Int16Array(2400).fill(8000), words: [] };
        },
        ready: Promise.resolve({ languages: ['en'], missing: [] }),
        close: async () => {},
      },
    });
    open.push(script);
    script.send('response.create');
    const { index } = await script.event('response.output_audio_transcript.delta');
    script.send('response.cancel');
    voice.resolve();
    const done = await script.event('response.done');
    expect(made(script, index)).toEqual([
      'response.output_audio_transcript.delta',
      ...MESSAGE.slice(4),
      'response.done',
    ]);
    expect(done.response).toMatchObject({
      status: 'cancelled',
      output: [{ status: 'incomplete', content: [{ transcript: 'First sentence here. ' }] }],
      usage: { output_token_details: { text_tokens: 6, audio_tokens: 2 } },
    });
  });
});
