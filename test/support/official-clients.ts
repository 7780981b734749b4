/** What each of OpenAI's own clients has to finish with the local engine: whatever they accept as the Realtime API is one. */
import { readFile } from 'node:fs/promises';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startLocalEngine, type LocalEngine } from '../../relay/local/engine-process.ts';
import { createSpeaking } from '../../relay/local/speaking/speaking.ts';
import { pageOutput } from './engine-script.ts';
import type { ApiError, OfficialCall, Wish } from './official-call.ts';
import { closeRecogniser, recognise, wordErrors } from './recognise.ts';

const QUESTION = 'What time does the next train leave for London?';
const PAGE = JSON.stringify(
  pageOutput(
    'Welcome to the station. The next train to London leaves at 14:35 from platform 4. Coffee is served in the main hall from early in the morning until late at night.',
  ),
);
/** What the engine says when it is asked about a page without a tool to read one. */
const NO_TOOL = /was not given a way to read it/;
/** A long answer, so that there is something to interrupt. */
const LONG = 'Who are you?';
/** RMS. */
const AUDIBLE = 0.01;

export interface Judge {
  /** Rejects where the client itself refuses, or reports that it was refused. */
  connect(engine: LocalEngine, wish: Wish): Promise<OfficialCall>;
}

/** A key as a relay would mint it. */
export async function mint(engine: LocalEngine, session: Record<string, unknown> = {}): Promise<string> {
  const client = new OpenAI({ apiKey: engine.key, baseURL: engine.baseUrl });
  const { value } = await client.realtime.clientSecrets.create({ session: { type: 'realtime', ...session } });
  return value;
}

/** The session a wish asks for, for clients that leave it to their application. */
export function sessionFor({ answers, toolOutput }: Wish): Record<string, unknown> {
  return {
    type: 'realtime',
    output_modalities: [answers ?? 'audio'],
    tools:
      toolOutput === undefined
        ? []
        : [
            {
              type: 'function',
              name: 'read_page',
              description: 'Reads the page in view.',
              parameters: { type: 'object', properties: {} },
            },
          ],
    audio: {
      input: {
        transcription: { model: 'gpt-4o-mini-transcribe', language: 'en' },
        turn_detection: { type: 'server_vad', silence_duration_ms: 500 },
      },
    },
  };
}

/** Defines the tests; call it inside a `describe`. */
export function finishesEverything({ connect }: Judge): void {
  let engine: LocalEngine;
  let question: Int16Array;
  const calls: OfficialCall[] = [];

  beforeAll(async () => {
    engine = await startLocalEngine({ log: (line) => console.warn(`The engine: ${line}`) });
    const speaking = createSpeaking();
    ({ samples: question } = await speaking.speak(QUESTION, { language: 'en', voice: 'cedar' }));
    await speaking.close();
  });
  afterEach(async () => {
    for (const call of calls.splice(0)) await call.close();
  });
  afterAll(async () => {
    await Promise.all([engine?.close(), closeRecogniser()]);
  });

  const dial = async (wish: Wish = {}): Promise<OfficialCall> => {
    const call = await connect(engine, wish);
    calls.push(call);
    return call;
  };

  it('a typed turn, answered in writing', async () => {
    const call = await dial({ answers: 'text' });
    await call.types('Hello');
    const done = await call.event('response.done');
    expect(call.events.find(({ type }) => type === 'response.output_text.done')?.text).toContain('Ask me something');
    expect(done.response.status).toBe('completed');
    expect(call.errors).toEqual([]);
    // All of the run's events are judged when it is over: this one has to be among them.
    expect(await readFile(process.env['PARLEY_ENGINE_EVENT_LOG'] ?? '', 'utf8')).toContain(done.event_id);
  });

  it('a spoken turn, understood, whose spoken answer is heard', async () => {
    const call = await dial();
    await call.speaks(question);
    const understood = await call.event('conversation.item.input_audio_transcription.completed');
    expect(wordErrors(QUESTION, understood.transcript)).toBeLessThanOrEqual(1);
    const { transcript } = await call.event('response.output_audio_transcript.done');
    expect(transcript).toMatch(NO_TOOL);
    await call.event(call.transport === 'webrtc' ? 'output_audio_buffer.stopped' : 'response.done');
    await hasFallenSilent(call);
    const { samples, rate } = call.heard();
    const heard = await recognise(samples, rate);
    // A machine with much else to do clips a syllable here and there.
    expect(wordErrors(transcript, heard), `heard in ${audibleMs(call)} ms: ${heard}`).toBeLessThanOrEqual(4);
    expect(call.errors).toEqual([]);
  });

  it('a function call, whose result the answer quotes', async () => {
    const call = await dial({ toolOutput: PAGE });
    await call.types(QUESTION);
    const { transcript, index } = await call.event('response.output_audio_transcript.done');
    expect(transcript).toContain('14:35 from platform 4');
    await call.event('response.done', index);
    const outputs = call.events.filter(
      ({ type, item }) => type === 'conversation.item.added' && item.type === 'function_call_output',
    );
    expect(outputs.map(({ item }) => item.output)).toEqual([PAGE]);
    expect(call.errors).toEqual([]);
    const history = await call.history();
    if (!history) return;
    expect(history.map(({ type, role }) => role ?? type)).toEqual(['user', 'function_call', 'assistant']);
    expect(JSON.stringify(history.at(-1))).toContain('14:35 from platform 4');
  });

  it('an interruption by the client', async () => {
    const call = await dial();
    const item = await sounding(call);
    await call.interrupt();
    const truncated = await call.event('conversation.item.truncated');
    expect(truncated.item_id).toBe(item);
    await fallsSilent(call, truncated.audio_end_ms);
    await goesOn(call);
    expect(serious(call)).toEqual([]);
  });

  it('an interruption by talking over the answer', async () => {
    const call = await dial();
    const item = await sounding(call);
    const spoken = call.speaks(question);
    await call.event('input_audio_buffer.speech_started');
    const truncated = await call.event('conversation.item.truncated');
    expect(truncated.item_id).toBe(item);
    await fallsSilent(call, truncated.audio_end_ms);
    await spoken;
    const next = await call.event('response.output_audio_transcript.done', truncated.index);
    expect(next.transcript).toMatch(NO_TOOL);
    expect(serious(call)).toEqual([]);
  });

  it('an unknown parameter, which changes nothing', async () => {
    const call = await dial();
    await call.send({ type: 'session.update', event_id: 'mine', session: { type: 'realtime', temperature: 0.8 } });
    await call.until(
      () => call.errors.length > 0,
      () => 'an error',
    );
    expect(call.errors).toMatchObject([
      { code: 'unknown_parameter', param: 'session.temperature', event_id: 'mine', message: expect.any(String) },
    ]);
    await goesOn(call);
    expect(call.errors).toHaveLength(1);
  });

  it('a wrong key', async () => {
    await expect(dial({ key: 'ek_wrong' })).rejects.toThrow(/Incorrect API key provided/);
  });
}

/** Has a long answer begun, and returns its item. */
async function sounding(call: OfficialCall): Promise<string> {
  await call.types(LONG);
  const added = await call.event('response.output_item.added');
  if (call.transport === 'websocket') {
    await call.event('response.output_audio.delta');
  } else {
    await call.event('output_audio_buffer.started');
    await call.until(
      () => loudness(call, 0.1) > AUDIBLE,
      () => 'the answer to be heard',
    );
  }
  return added.item.id;
}

/** Where sound is played in real time, no more of the answer is heard than the server says, give or take a second. */
async function fallsSilent(call: OfficialCall, endMs: number): Promise<void> {
  if (call.transport === 'websocket') return;
  await call.event('output_audio_buffer.cleared');
  await hasFallenSilent(call);
  expect(audibleMs(call)).toBeLessThan(endMs + 1000);
}

/** What the server has stopped sending is still on its way to the ear for a moment. */
async function hasFallenSilent(call: OfficialCall): Promise<void> {
  if (call.transport === 'websocket') return;
  const { samples, rate } = call.heard();
  // Longer than the pauses between sentences.
  await call.until(
    () => call.heard().samples.length > samples.length + rate && loudness(call, 0.8) < AUDIBLE,
    () => 'silence',
  );
}

/** From the first sound to the last. */
function audibleMs(call: OfficialCall): number {
  const { samples, rate } = call.heard();
  const audible = (sample: number): boolean => Math.abs(sample) > 2 * AUDIBLE;
  return Math.round(((samples.findLastIndex(audible) - samples.findIndex(audible)) / rate) * 1000);
}

/** RMS of what was heard in the last `seconds`. */
function loudness(call: OfficialCall, seconds: number): number {
  const { samples, rate } = call.heard();
  const last = samples.subarray(-Math.round(seconds * rate));
  return Math.sqrt(last.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, last.length));
}

/** A client may find out only by its refusal that the answer it cancels is done. */
function serious(call: OfficialCall): ApiError[] {
  return call.errors.filter(({ code }) => code !== 'response_cancel_not_active');
}

async function goesOn(call: OfficialCall): Promise<void> {
  const from = call.events.length;
  await call.types('Thank you');
  const { transcript } = await call.event('response.output_audio_transcript.done', from);
  expect(transcript).toBe('You are welcome.');
}
