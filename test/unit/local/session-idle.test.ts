import { afterEach, describe, expect, it } from 'vitest';
import { burstOutput } from '../../../relay/local/output/burst-output.ts';
import { EngineScript, type Scripted } from '../../support/engine-script.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const open: EngineScript[] = [];
function call(detection: Record<string, unknown>, script: Scripted = {}): { script: EngineScript; clock: FakeClock } {
  const clock = new FakeClock();
  const made = new EngineScript({
    session: { audio: { input: { turn_detection: { type: 'server_vad', idle_timeout_ms: 5000, ...detection } } } },
    mind: { think: () => ({ say: 'One two.' }) },
    wordMs: 500,
    clock,
    ...script,
  });
  open.push(made);
  return { script: made, clock };
}
afterEach(() => open.splice(0).forEach((each) => each.close()));

const TIMEOUT = 'input_audio_buffer.timeout_triggered';
const count = (script: EngineScript, type: string): number => script.order().filter((each) => each === type).length;

/** Two words of half a second each. */
async function answered({ script, clock }: { script: EngineScript; clock: FakeClock }): Promise<void> {
  script.send('response.create');
  await clock.pass(0);
  await script.event('response.done');
}

describe('A silence after the answer', () => {
  it('that is too long becomes an item, and is answered', async () => {
    const made = call({});
    const { script, clock } = made;
    await answered(made);
    script.sounds(1000, 0);
    await clock.pass(1100);
    expect(script.order()).toContain('output_audio_buffer.stopped');
    const from = script.events.length;
    for (let second = 0; second < 4; second += 1) {
      script.sounds(992, 0);
      await clock.pass(1000);
    }
    expect(script.order()).not.toContain(TIMEOUT);
    script.sounds(992, 0);
    await clock.pass(1000);
    await script.event('response.done', from);
    expect(script.order(from).slice(0, 6)).toEqual([
      TIMEOUT,
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
      'response.created',
      'response.output_item.added',
    ]);
    const { audio_start_ms: start, audio_end_ms: end, item_id: item } = script.events[from]!;
    expect([start, end - start]).toEqual([1024, 4960]);
    expect(script.events[from + 1]!.item_id).toBe(item);
    expect(script.events[from + 2]!.item).toMatchObject({
      id: item,
      role: 'user',
      content: [{ type: 'input_audio', transcript: null }],
    });
  });

  it('counts from the end of the voice, not from the end of its making', async () => {
    const made = call({}, { wordMs: 4000 });
    await answered(made);
    await made.clock.pass(12_900);
    expect(count(made.script, TIMEOUT)).toBe(0);
    await made.clock.pass(300);
    expect(count(made.script, TIMEOUT)).toBe(1);
  });

  it('is measured by the length of the voice where only the client knows what is playing', async () => {
    const made = call({}, { createOutput: burstOutput });
    await answered(made);
    await made.clock.pass(5900);
    expect(count(made.script, TIMEOUT)).toBe(0);
    await made.clock.pass(200);
    expect(count(made.script, TIMEOUT)).toBe(1);
  });

  it('is broken by a voice', async () => {
    const made = call({}, { turns: ['Hello.'] });
    const { script, clock } = made;
    await answered(made);
    await clock.pass(4000);
    script.sounds(500);
    await clock.pass(60_000);
    expect(count(script, TIMEOUT)).toBe(0);
    expect(script.order()).toContain('input_audio_buffer.speech_started');
  });

  it('goes on after a noise that nobody answers', async () => {
    const made = call({}, { turns: [{ fault: 'audio_unintelligible' }] });
    const { script, clock } = made;
    await answered(made);
    await clock.pass(4000);
    script.says();
    await clock.pass(4900);
    expect(count(script, TIMEOUT)).toBe(0);
    await clock.pass(200);
    expect(count(script, TIMEOUT)).toBe(1);
  });

  it('comes again after each answer to it', async () => {
    const made = call({});
    await answered(made);
    await made.clock.pass(13_000);
    expect(count(made.script, TIMEOUT)).toBe(2);
  });

  it('is told but not answered when nothing may happen by itself', async () => {
    const made = call({ create_response: false, interrupt_response: false });
    await answered(made);
    await made.clock.pass(7000);
    expect(count(made.script, TIMEOUT)).toBe(1);
    expect(count(made.script, 'response.created')).toBe(1);
  });

  it('may last when the session sets no limit, and when the limit is taken away', async () => {
    const without = call({ idle_timeout_ms: null });
    await answered(without);
    await without.clock.pass(600_000);
    expect(count(without.script, TIMEOUT)).toBe(0);

    const changed = call({});
    await answered(changed);
    await changed.clock.pass(2000);
    changed.script.send('session.update', {
      session: { type: 'realtime', audio: { input: { turn_detection: { type: 'server_vad' } } } },
    });
    await changed.clock.pass(600_000);
    expect(count(changed.script, TIMEOUT)).toBe(0);
  });
});

describe('The limit of a silence', () => {
  it.each([
    [{ type: 'server_vad', idle_timeout_ms: 4999 }, 'integer_below_min_value'],
    [{ type: 'server_vad', idle_timeout_ms: 30_001 }, 'integer_above_max_value'],
    [{ type: 'semantic_vad', idle_timeout_ms: 6000 }, 'unknown_parameter'],
  ])('%j is refused as %s', (detection, code) => {
    const { script } = call({});
    script.send('session.update', {
      session: { type: 'realtime', audio: { input: { turn_detection: detection } } },
    });
    expect(script.events.at(-1)).toMatchObject({
      type: 'error',
      error: { code, param: 'session.audio.input.turn_detection.idle_timeout_ms' },
    });
  });
});

describe('While the voice plays', () => {
  it('longer than its length says, because another comes before it, no silence is counted', async () => {
    const lines = ['One two.', 'Three.'];
    const made = call({}, { wordMs: 8000, mind: { think: () => ({ say: lines.shift() ?? 'Hello?' }) } });
    const { script, clock } = made;
    await answered(made);
    await clock.pass(1000);
    // 8 s and the limit are over before the 16 s of the first one are.
    script.send('response.create');
    await clock.pass(14_500);
    expect(count(script, 'output_audio_buffer.stopped')).toBe(0);
    expect(count(script, TIMEOUT)).toBe(0);
    await clock.pass(13_200);
    expect(count(script, 'output_audio_buffer.stopped')).toBe(2);
    expect(count(script, TIMEOUT)).toBe(0);
    await clock.pass(500);
    expect(count(script, TIMEOUT)).toBe(1);
  });

  it('and is cut by the client, the silence begins', async () => {
    const made = call({}, { wordMs: 4000 });
    const { script, clock } = made;
    await answered(made);
    await clock.pass(1000);
    script.send('output_audio_buffer.clear');
    await clock.pass(4900);
    expect(count(script, TIMEOUT)).toBe(0);
    await clock.pass(200);
    expect(count(script, TIMEOUT)).toBe(1);
  });
});
