import { describe, expect, it, onTestFinished } from 'vitest';
import { readSteps } from '../../../relay/local/script/read-steps.ts';
import { everyCall, script, type Script } from '../../../relay/local/script/script.ts';
import type { Mind } from '../../../relay/local/mind/mind.ts';
import { EngineScript, readPage, type Scripted, type WireEvent } from '../../support/engine-script.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const TURNS = { audio: { input: { transcription: {}, turn_detection: { type: 'server_vad' } } } };

function call(mind: Mind, options: Scripted = {}): EngineScript {
  const engine = new EngineScript({ mind, ...options, session: { ...TURNS, tools: [readPage], ...options.session } });
  onTestFinished(() => engine.close());
  return engine;
}

/** Types, and waits for the end of the answer. */
async function asks(engine: EngineScript, text: string): Promise<WireEvent & { index: number }> {
  const from = engine.events.length;
  engine.types(text);
  return engine.event('response.done', from);
}

const outputOf = (done: WireEvent): unknown[] =>
  done['response'].output.map((item: WireEvent) =>
    item.type === 'function_call' ? [item['name'], item['arguments']] : item['content'][0].transcript,
  );

function returns(engine: EngineScript, outputs: [done: WireEvent, at: number, output: string][]): void {
  for (const [done, at, output] of outputs) {
    engine.send('conversation.item.create', {
      item: { type: 'function_call_output', call_id: done['response'].output[at].call_id, output },
    });
  }
  engine.send('response.create');
}

describe('A scripted call', () => {
  it('answers a spoken question with the script’s tool call and the script’s words', async () => {
    const brain = script()
      .hear(/opening/i)
      .call('read_page', { part: 'hours' })
      .expectOutput('nine')
      .say('It opens at nine.');
    const engine = call(brain, { turns: ['What are the opening hours?'] });
    engine.says();
    const done = await engine.event('response.done');
    expect(outputOf(done)).toEqual([['read_page', '{"part":"hours"}']]);
    returns(engine, [[done, 0, '{"text":"Open from nine."}']]);
    await engine.event('response.done', done.index + 1);
    expect(engine.answers()).toEqual(['It opens at nine.']);
    expect(brain.heard).toEqual(['What are the opening hours?', '']);
    expect(brain.problems).toEqual([]);
    expect(brain.done).toBe(true);
    brain.check();
  });

  it('speaks a preamble, then the answer, and calls several functions at once', async () => {
    const brain = script()
      .hear('hello')
      .sayWithPreamble('Let me see.', 'Good morning.')
      .hear()
      .say('One moment.', 'commentary')
      .call('read_page')
      .call('read_page', '{not json')
      .expectOutput({ title: 'A' }, /^b$/)
      .say('Both are read.');
    const engine = call(brain);
    const first = await asks(engine, 'Hello!');
    expect(outputOf(first)).toEqual(['Let me see.', 'Good morning.']);
    expect(first['response'].output.map(({ phase }: { phase: string }) => phase)).toEqual([
      'commentary',
      'final_answer',
    ]);
    const second = await asks(engine, 'Read it twice.');
    expect(outputOf(second)).toEqual(['One moment.', ['read_page', '{}'], ['read_page', '{not json']]);
    returns(engine, [
      [second, 2, 'b'],
      [second, 1, '{"title":"A","text":""}'],
    ]);
    await engine.event('response.done', second.index + 1);
    brain.check();
  });

  it('waits exactly as long as it says before it speaks', async () => {
    const clock = new FakeClock();
    const engine = call(script({ clock }).hear().wait(1500).say('Now.'), { clock });
    engine.types('Well?');
    await clock.pass(1499);
    expect(engine.order()).toContain('response.created');
    expect(engine.order()).not.toContain('response.output_item.added');
    await clock.pass(1);
    expect(engine.order()).toContain('response.output_item.added');
  });

  it('fails a response as the API would, and leaves the next one well', async () => {
    const engine = call(
      script().hear().fail({ code: 'insufficient_quota', message: 'No money.' }).hear().say('Again.'),
    );
    const failed = await asks(engine, 'One');
    expect(failed['response']).toMatchObject({
      status: 'failed',
      status_details: { error: { type: 'insufficient_quota', code: 'insufficient_quota', message: 'No money.' } },
    });
    expect(outputOf(await asks(engine, 'Two'))).toEqual(['Again.']);
  });

  it('can say nothing at all', async () => {
    const { response } = (await asks(call(script().silent()), 'Anybody there?')) as WireEvent;
    expect(response).toMatchObject({ status: 'completed', output: [] });
  });

  it('is silent when it is talked over while it waits', async () => {
    const clock = new FakeClock();
    const engine = call(script({ clock }).hear().wait(1000).say('Late.').hear('again').say('Soon.'), { clock });
    engine.types('First');
    await clock.pass(500);
    engine.send('response.cancel');
    engine.types('Again');
    await clock.pass(1000);
    expect(engine.answers()).toEqual(['Soon.']);
  });
});

describe('When something else comes than the script expects', () => {
  it('the response fails, the script says which step and what came, and goes on when the right thing comes', async () => {
    const told: string[] = [];
    const brain = script({ onProblem: (problem) => told.push(problem) })
      .hear('hello')
      .say('Hi.')
      .hear(/opening/)
      .say('Nine.');
    const engine = call(brain);
    await asks(engine, 'Hello.');
    const done = await asks(engine, 'What is the weather?');
    expect(done['response'].status).toBe('failed');
    expect(brain.problems).toEqual(['Step 3: expected to hear /opening/, but heard "What is the weather?".']);
    expect(told).toEqual(brain.problems);
    expect(brain.done).toBe(false);
    expect(() => brain.check()).toThrow('The script was not played to its end: Step 3: expected to hear /opening/');
    expect(outputOf(await asks(engine, 'the opening hours'))).toEqual(['Nine.']);
    expect(brain.heard).toEqual(['Hello.', 'What is the weather?', 'the opening hours']);
    expect(brain.done).toBe(true);
  });

  it('an output that is missing or wrong is named', async () => {
    const brain = script().hear().call('read_page').call('read_page').expectOutput('one', 'two').say('Read.');
    const engine = call(brain);
    const done = await asks(engine, 'Read.');
    returns(engine, [[done, 0, 'one']]);
    const early = await engine.event('response.done', done.index + 1);
    returns(engine, [[done, 1, 'three']]);
    await engine.event('response.done', early.index + 1);
    expect(brain.problems).toEqual([
      'Step 4: expected the output "one", "two", but 1 of 2 calls had no output yet.',
      'Step 4: expected the output "one", "two", but call 2 returned three.',
    ]);
  });

  it('a call that the client put in is neither words nor an output to wait for', async () => {
    const brain = script().hear('opening').call('read_page').expectOutput('nine').say('Nine.');
    const engine = call(brain);
    const puts = (callId: string): void => {
      const item = { type: 'function_call', name: 'page_outline', call_id: callId, arguments: '{}' };
      engine.send('conversation.item.create', { item });
      const output = { type: 'function_call_output', call_id: callId, output: '{}' };
      engine.send('conversation.item.create', { item: output });
    };
    const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'opening hours' }] };
    engine.send('conversation.item.create', { item });
    puts('call_one');
    engine.send('response.create');
    const done = await engine.event('response.done');
    puts('call_two');
    returns(engine, [[done, 0, 'Open from nine.']]);
    await engine.event('response.done', done.index + 1);
    brain.check();
    expect(brain.heard).toEqual(['opening hours', '']);
  });

  it('more than was scripted is a problem too', async () => {
    const brain = script().hear().say('Bye.');
    const engine = call(brain);
    await asks(engine, 'One');
    await asks(engine, 'Two');
    expect(brain.problems).toEqual(['The script is at its end, but a response was asked for after hearing "Two".']);
    expect(() => brain.check()).toThrow('at its end');
  });
});

describe('A script that makes no sense', () => {
  const mistakes: [string, () => Script][] = [
    ['Step 2: the turn before does not say what to do', () => script().hear('a').hear('b')],
    ['Step 3: an output comes after a call only', () => script().hear().say('a').expectOutput('b')],
    ['Step 3: more outputs are expected', () => script().hear().call('a').expectOutput('b', 'c')],
    ['Step 3: wait(), silent() and fail() come before', () => script().hear().say('a').wait(10)],
    ['Step 3: after silent() or fail()', () => script().hear().silent().say('a')],
    ['Step 1: a wait is a number', () => script().wait(-1)],
    ['Step 1: "…" has no word', () => script().hear('…')],
  ];
  it.each(mistakes)('is refused when it is written: %s', (message, write) => {
    expect(write).toThrow(message);
  });
});

describe('A script as JSON', () => {
  it('plays like one written in a test, from its beginning in every call', async () => {
    const steps = readSteps([
      { hear: '/OPEN/i' },
      { wait: 1 },
      { say: 'It opens at nine.', preamble: 'Well.' },
      { call: 'read_page', arguments: { a: 1 } },
      { expectOutput: ['fine'] },
      { fail: { code: 'rate_limit_exceeded' } },
      { hear: null },
      { silent: true },
    ]);
    const mind = everyCall(steps);
    for (let round = 0; round < 2; round += 1) {
      const engine = call(mind);
      const done = await asks(engine, 'Is it open?');
      expect(outputOf(done)).toEqual(['Well.', 'It opens at nine.', ['read_page', '{"a":1}']]);
      returns(engine, [[done, 2, 'fine']]);
      const failed = await engine.event('response.done', done.index + 1);
      expect(failed['response'].status_details.error.code).toBe('rate_limit_exceeded');
      expect((await asks(engine, 'x'))['response'].output).toEqual([]);
    }
  });

  it('names all its mistakes at once', () => {
    const given = [
      { hear: '/(/' },
      { say: 4 },
      { sing: 'la' },
      { wait: 1, say: 'a' },
      { expectOutput: ['x'] },
      { hear: 'a', more: 1 },
    ];
    let message = '';
    try {
      readSteps(given);
    } catch (error) {
      ({ message } = error as Error);
    }
    expect(message.split('\n')).toEqual([
      expect.stringMatching(/^Step 1: hear: Invalid regular expression/),
      expect.stringMatching(/^Step 2: say: /),
      expect.stringMatching(/^Step 3: a step is an object with one of hear, expectOutput, wait/),
      expect.stringMatching(/^Step 4: .*say/),
      expect.stringMatching(/^Step 5: an output comes after a call only/),
      expect.stringMatching(/^Step 6: .*more/),
    ]);
    expect(() => readSteps({ hear: 'a' })).toThrow('A script is a list of steps');
  });
});

describe('With the same seed and script', () => {
  /** A call with a spoken question, a tool, a barge-in and a cost, on a clock moved by hand; its event log as text. */
  async function run(seed: number): Promise<string> {
    const clock = new FakeClock();
    const brain = script({ clock })
      .hear('opening hours')
      .wait(40)
      .call('read_page')
      .expectOutput('nine')
      .sayWithPreamble('Here it is.', 'It opens at nine, every day of the week but Sunday.')
      .hear('stop')
      .silent();
    const engine = call(brain, { clock, seed, turns: ['What are the opening hours?', 'Stop.'] });
    engine.says();
    await clock.pass(100);
    const called = engine.events.find(({ type }) => type === 'response.done');
    returns(engine, [[called!, 0, 'Open from nine.']]);
    await clock.pass(300);
    engine.says();
    await clock.pass(2000);
    brain.check();
    expect(engine.order()).toContain('conversation.item.truncated');
    return engine.events.map((event) => JSON.stringify(event)).join('\n');
  }

  it('two runs give the same events, byte by byte', async () => {
    const [one, other] = [await run(7), await run(7)];
    expect(one.length).toBeGreaterThan(5000);
    expect(other).toBe(one);
  });

  it('and another seed gives other ids', async () => {
    expect(await run(8)).not.toBe(await run(7));
  });
});
