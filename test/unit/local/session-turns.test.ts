import { afterEach, describe, expect, it } from 'vitest';
import { soundsFinished } from '../../../relay/local/session/sentence-end.ts';
import { EngineScript, type Scripted } from '../../support/engine-script.ts';
import { settled } from '../../support/fake-clock.ts';

const open: EngineScript[] = [];
function call(detection: Record<string, unknown>, script: Scripted = {}): EngineScript {
  const made = new EngineScript({
    session: { audio: { input: { turn_detection: detection, transcription: {} } } },
    ...script,
  });
  open.push(made);
  return made;
}
afterEach(() => open.splice(0).forEach((each) => each.close()));

const STOPPED = 'input_audio_buffer.speech_stopped';

/** So much silence, and time to think about it. */
async function quiet(script: EngineScript, ms: number): Promise<void> {
  script.sounds(ms, 0);
  await settled();
  await settled();
}

describe('With semantic turn detection', () => {
  it('a finished sentence ends the turn after a short pause', async () => {
    const script = call({ type: 'semantic_vad' }, { turns: ['Who are you?'] });
    script.sounds(500);
    await quiet(script, 450);
    expect(script.order()).not.toContain(STOPPED);
    await quiet(script, 100);
    expect(script.order()).toContain(STOPPED);
    const done = await script.event('conversation.item.input_audio_transcription.completed');
    expect(done.transcript).toBe('Who are you?');
    await script.event('response.done');
  });

  it.each([
    ['high', 2000],
    ['medium', 4000],
    ['auto', 4000],
    ['low', 8000],
  ])('and %s eagerness, an unfinished one may pause for %d ms', async (eagerness, ms) => {
    const script = call({ type: 'semantic_vad', eagerness }, { turns: ['I would like to know the'] });
    script.sounds(500);
    await quiet(script, ms - 100);
    expect(script.order()).not.toContain(STOPPED);
    await quiet(script, 200);
    const stopped = await script.event(STOPPED);
    // The pause had been listened to already: the words are not recognised a second time.
    const done = await script.event('conversation.item.input_audio_transcription.completed', stopped.index);
    expect(done.transcript).toBe('I would like to know the');
  });

  it('a sentence that goes on after a pause is one turn', async () => {
    const script = call(
      { type: 'semantic_vad' },
      { turns: ['I would like to know', 'I would like to know who you are.'] },
    );
    script.sounds(500);
    await quiet(script, 1500);
    script.sounds(500);
    await quiet(script, 600);
    await script.event('response.done');
    const transcripts = script.events
      .filter(({ type }) => type.endsWith('transcription.completed'))
      .map(({ transcript }) => transcript);
    expect(transcripts).toEqual(['I would like to know who you are.']);
    expect(script.order().filter((type) => type === STOPPED)).toHaveLength(1);
  });

  it('a sentence that goes on while its pause is looked at is not cut', async () => {
    const recogniser = Promise.withResolvers<void>();
    const script = call(
      { type: 'semantic_vad', eagerness: 'high' },
      { turns: ['Hello.', 'Hello there.'], recogniserReady: recogniser.promise },
    );
    script.sounds(500);
    await quiet(script, 400);
    script.sounds(300);
    await settled();
    recogniser.resolve();
    await settled();
    expect(script.order()).not.toContain(STOPPED);
    await quiet(script, 400);
    expect((await script.event('conversation.item.input_audio_transcription.completed')).transcript).toBe(
      'Hello there.',
    );
  });
});

describe('With semantic turn detection and words nobody here understands', () => {
  it('the turn ends at the pause, as they cannot be judged; after a noise it waits', async () => {
    const strange = call({ type: 'semantic_vad' }, { turns: [{ fault: 'language_unsupported' }] });
    strange.sounds(500);
    await quiet(strange, 600);
    expect(strange.order()).toContain(STOPPED);
    const noise = call({ type: 'semantic_vad' }, { turns: [{ fault: 'audio_unintelligible' }] });
    noise.sounds(500);
    await quiet(noise, 3000);
    expect(noise.order()).not.toContain(STOPPED);
  });
});

describe('A sentence', () => {
  it.each([
    ['Where is it?', true],
    ['Stop!', true],
    ['He said "go."', true],
    ['Read me the', false],
    ['Read me the.', false],
    ['I was thinking and.', false],
    ['Well, um.', false],
    ['Yes,', false],
    ['I wonder…', false],
    ['', false],
  ])('%j sounds finished: %s', (text, finished) => {
    expect(soundsFinished(text)).toBe(finished);
  });
});

describe('A voice over an answer being made', () => {
  const vad = (create: boolean, interrupt: boolean) => ({
    type: 'server_vad',
    create_response: create,
    interrupt_response: interrupt,
  });

  /** The mind of the first answer never comes to an end; the second one is quick. */
  function slowFirst(): Scripted {
    let thoughts = 0;
    return {
      turns: ['Hello.'],
      mind: { think: () => (thoughts++ === 0 ? new Promise(() => {}) : { say: 'Second.' }) },
    };
  }

  async function talkOver(detection: Record<string, unknown>): Promise<EngineScript> {
    const script = call(detection, slowFirst());
    script.send('response.create');
    await settled();
    script.says();
    await script.event('conversation.item.input_audio_transcription.completed');
    await settled();
    return script;
  }

  const outcome = (script: EngineScript) => ({
    created: script.order().filter((type) => type === 'response.created').length,
    cancelled: script.events.some(({ type, response }) => type === 'response.done' && response.status === 'cancelled'),
    refused: script.events.filter(({ type }) => type === 'error').map(({ error }) => error.code),
  });

  it('stops it and is answered', async () => {
    const script = await talkOver(vad(true, true));
    await script.event('rate_limits.updated');
    expect(outcome(script)).toEqual({ created: 2, cancelled: true, refused: [] });
  });

  it('only stops it when the client answers by itself', async () => {
    expect(outcome(await talkOver(vad(false, true)))).toEqual({ created: 1, cancelled: true, refused: [] });
  });

  it('does neither when both are off; it is heard all the same', async () => {
    const script = await talkOver(vad(false, false));
    expect(outcome(script)).toEqual({ created: 1, cancelled: false, refused: [] });
    expect(script.order()).toContain(STOPPED);
  });

  it('leaves it alone when it may not interrupt, and fails to get its own answer', async () => {
    expect(outcome(await talkOver(vad(true, false)))).toEqual({
      created: 1,
      cancelled: false,
      refused: ['conversation_already_has_active_response'],
    });
  });

  it('that may not interrupt is answered once the first is made, even while it plays', async () => {
    const script = call(vad(true, false), { turns: ['Who are you?'], wordMs: 200 });
    script.types('Hello');
    await script.event('output_audio_buffer.started');
    await script.event('response.done');
    script.says();
    const second = await script.event('response.created', (await script.event('response.done')).index);
    await script.event('response.done', second.index);
    expect(script.order()).not.toContain('output_audio_buffer.cleared');
    expect(outcome(script)).toEqual({ created: 2, cancelled: false, refused: [] });
  });
});
