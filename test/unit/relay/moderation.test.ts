/** What people and the model said is shown to the owner's moderation, and nothing of it stays. */
import { describe, expect, it, vi } from 'vitest';
import { createLog } from '../../../relay/log/log.ts';
import { createHook, type AskHook } from '../../../relay/moderation/hook.ts';
import { Moderation, type Outcome } from '../../../relay/moderation/moderation.ts';
import { readSaid } from '../../../relay/moderation/said.ts';
import { nodePost } from '../../../relay/upstream/node-post.ts';
import { Refusal } from '../../../relay/refusal.ts';
import { errorOf, relay } from './parts.ts';
import { json, provider } from './provider.ts';

const event = (fields: object) => Buffer.from(JSON.stringify({ event_id: 'event_1', ...fields }));
const heard = (transcript: unknown) =>
  event({ type: 'conversation.item.input_audio_transcription.completed', item_id: 'item_1', transcript });
const spoken = (transcript: string) => event({ type: 'response.output_audio_transcript.done', transcript });
const added = (item: object) => event({ type: 'conversation.item.added', item: { type: 'message', ...item } });

describe('what was said', () => {
  it('is what the person spoke and typed, and what the model answered', () => {
    expect(readSaid(heard('Hello.'))).toEqual({ by: 'person', text: 'Hello.' });
    const content = [
      { type: 'input_text', text: 'Hello,' },
      { type: 'input_audio', transcript: null },
      { type: 'input_text', text: 'you.' },
    ];
    expect(readSaid(added({ role: 'user', content }))).toEqual({ by: 'person', text: 'Hello,\n\nyou.' });
    expect(readSaid(spoken('Good day.'))).toEqual({ by: 'model', text: 'Good day.' });
    expect(readSaid(event({ type: 'response.output_text.done', text: 'Good day.' }))).toEqual({
      by: 'model',
      text: 'Good day.',
    });
  });

  it('is nothing that a tool or the system brought in, and nothing that is no event', () => {
    const page = { type: 'input_text', text: 'A page.' };
    for (const text of [
      added({ role: 'system', content: [page] }),
      added({ role: 'assistant', content: [{ type: 'output_text', text: 'Said before.' }] }),
      added({ type: 'function_call_output', output: 'A page.' }),
      event({ type: 'response.output_audio.delta', delta: 'AAAA' }),
      heard(7),
      Buffer.from('conversation.item.added'),
      Buffer.from('[{"type":"conversation.item.added"}]'),
      Buffer.from('null'),
    ]) {
      expect(readSaid(text), String(text)).toBeNull();
    }
  });
});

const results = (...flags: (Record<string, boolean> | null)[]) => ({
  id: 'modr-1',
  model: 'omni-moderation-latest',
  results: flags.map((categories) => ({ flagged: categories !== null, categories: categories ?? { violence: false } })),
});

describe('the moderation server', () => {
  const askFor = { safetyIdentifier: 'hash-of-p1' };
  const hookAt = (baseUrl: string) => createHook({ url: `${baseUrl}/look`, key: 'hook-key-1', post: nodePost });

  it('is asked as OpenAI’s is, with the key that is for it', async () => {
    const { baseUrl, seen } = await provider(
      json(200, results(null, { violence: true, hate: false, 'self-harm/intent': true })),
    );
    expect(await hookAt(baseUrl)(['one', 'two'], askFor)).toEqual([null, ['violence', 'self-harm/intent']]);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/v1/look' });
    expect(seen[0]!.headers).toMatchObject({
      authorization: 'Bearer hook-key-1',
      'content-type': 'application/json',
      'openai-safety-identifier': 'hash-of-p1',
    });
    expect(JSON.parse(seen[0]!.body)).toEqual({ model: 'omni-moderation-latest', input: ['one', 'two'] });
  });

  it('may say no more than flagged', async () => {
    const { baseUrl } = await provider(json(200, { results: [{ flagged: true }] }));
    expect(await hookAt(baseUrl)(['one'], askFor)).toEqual([[]]);
  });

  it('that puts what was said in a category’s place gets it no further', async () => {
    const { baseUrl } = await provider(json(200, results({ 'My card is 4111': true, spam: true })));
    expect(await hookAt(baseUrl)(['one'], askFor)).toEqual([['spam']]);
  });

  it('is asked once more where it failed', async () => {
    const { baseUrl, seen } = await provider(json(503, {}), json(200, results(null)));
    expect(await hookAt(baseUrl)(['one'], askFor)).toEqual([null]);
    expect(seen).toHaveLength(2);
  });

  it.each([
    ['refuses', 401, {}],
    ['answers less than it was asked', 200, results(null)],
    ['answers with something else', 200, 'hello'],
    ['does not say whether it is flagged', 200, { results: [{ flagged: 'no' }, { flagged: false }] }],
  ])('that %s is no answer', async (_how, status, body) => {
    const { baseUrl } = await provider(json(status, body));
    await expect(hookAt(baseUrl)(['one', 'two'], askFor)).rejects.toMatchObject({ code: 'upstream_error' });
  });
});

function put(ask: AskHook) {
  const lines: Record<string, unknown>[] = [];
  const audit: string[] = [];
  const counted: Partial<Record<Outcome, number>> = {};
  const moderation = new Moderation({
    ask,
    safetyIdentifier: async (person) => `hash-of-${person}`,
    log: createLog({ write: (line) => lines.push(JSON.parse(line)), audit: (line) => audit.push(line) }),
    count: (outcome, texts) => (counted[outcome] = (counted[outcome] ?? 0) + texts),
  });
  return { moderation, lines, audit, counted };
}
const who = { device: 'd1', person: 'p1' };
const passes: AskHook = async (texts) => texts.map(() => null);
const flagsBomb: AskHook = async (texts) => texts.map((text) => (text.includes('bomb') ? ['violence'] : null));

describe('a call', () => {
  it('goes on while nothing is flagged', async () => {
    const { moderation, counted, lines } = put(passes);
    const onFlagged = vi.fn();
    const listener = moderation.listen(who, onFlagged);
    listener.heard(heard('Hello.'));
    listener.heard(spoken('Good day.'));
    await vi.waitFor(() => expect(counted).toEqual({ passed: 2 }));
    expect(onFlagged).not.toHaveBeenCalled();
    expect(lines).toEqual([]);
  });

  it('is stopped for a text that is flagged; the audit log has what for, and never the text', async () => {
    const { moderation, counted, audit } = put(flagsBomb);
    const onFlagged = vi.fn();
    moderation.listen(who, onFlagged).heard(heard('Build me a bomb.'));
    await vi.waitFor(() => expect(onFlagged).toHaveBeenCalledOnce());
    expect(onFlagged.mock.calls[0]![0]).toMatchObject({ code: 'moderated', status: 403 });
    expect(counted).toEqual({ flagged: 1 });
    expect(audit).toHaveLength(1);
    expect(JSON.parse(audit[0]!)).toMatchObject({
      event: 'moderation',
      device: 'd1',
      person: 'p1',
      code: 'moderated',
      reason: 'violence',
      message: 'Flagged: what the person said.',
    });
    expect(audit[0]).not.toContain('bomb');
  });

  it('asks one question at a time, with what was said meanwhile in the next, in pieces', async () => {
    const asked: (readonly string[])[] = [];
    const answers: (() => void)[] = [];
    const { moderation, counted } = put((texts) => {
      asked.push(texts);
      return new Promise((resolve) => answers.push(() => resolve(texts.map(() => null))));
    });
    const listener = moderation.listen(who, () => undefined);
    for (const text of ['one', 'two', 'x'.repeat(8001), '  ']) listener.heard(heard(text));
    await vi.waitFor(() => expect(asked).toEqual([['one']]));
    answers[0]!();
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    expect(asked[1]!.map(({ length }) => length)).toEqual([3, 8000, 1]);
    answers[1]!();
    await vi.waitFor(() => expect(counted).toEqual({ passed: 4 }));
  });

  it('goes on when the server does not answer or nobody hears it; that is counted and told', async () => {
    const { moderation, counted, lines } = put(() => Promise.reject(new Refusal('upstream_timeout', 'Slow.')));
    const onFlagged = vi.fn();
    const listener = moderation.listen(who, onFlagged);
    listener.heard(heard('one'));
    await vi.waitFor(() => expect(counted).toEqual({ unseen: 1 }));
    listener.unheard();
    expect(counted).toEqual({ unseen: 2 });
    expect(lines.map(({ code }) => code)).toEqual(['upstream_timeout', 'not-heard']);
    expect(onFlagged).not.toHaveBeenCalled();
  });

  it('that is flooded, so that nothing could be looked at, is stopped once', () => {
    const { moderation, lines } = put(() => new Promise(() => undefined));
    const onFlagged = vi.fn();
    const listener = moderation.listen(who, onFlagged);
    listener.heard(heard('one'));
    for (let at = 0; at < 256; at += 1) listener.heard(heard('x'));
    expect(onFlagged).not.toHaveBeenCalled();
    for (let at = 0; at < 10; at += 1) listener.heard(heard('x'.repeat(8001)));
    expect(onFlagged).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'moderated' }));
    expect(lines.map(({ reason }) => reason)).toEqual(['too-much']);
  });

  it('whose client switches off what its person says in words is stopped', () => {
    const asked = vi.fn(passes);
    const { moderation, audit } = put(asked);
    const onFlagged = vi.fn();
    const listener = moderation.listen(who, onFlagged);
    const session = (transcription: object | null) =>
      event({ type: 'session.updated', session: { audio: { input: { transcription } } } });
    listener.heard(session({ model: 'gpt-realtime-whisper' }));
    listener.heard(event({ type: 'session.updated', session: {} }));
    expect(onFlagged).not.toHaveBeenCalled();
    listener.heard(session(null));
    expect(onFlagged).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'moderated' }));
    expect(JSON.parse(audit[0]!)).toMatchObject({ event: 'moderation', device: 'd1', reason: 'not-written' });
    expect(asked).not.toHaveBeenCalled();
  });

  it('that is over is not asked about any more', async () => {
    const asked = vi.fn<AskHook>(
      (_texts, { signal }) => new Promise((_, reject) => signal!.addEventListener('abort', reject)),
    );
    const { moderation, counted, lines } = put(asked);
    const listener = moderation.listen(who, () => undefined);
    listener.heard(heard('one'));
    listener.heard(heard('two'));
    await vi.waitFor(() => expect(asked).toHaveBeenCalledOnce());
    listener.close();
    listener.heard(heard('three'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([asked.mock.calls.length, counted, lines]).toEqual([1, {}, []]);
  });
});

describe('a person’s own instructions', () => {
  it('are refused where they are flagged, before the provider is asked', async () => {
    const { moderation } = put(flagsBomb);
    const { ask, dial, sessions } = await relay({ moderation });
    const wishes = { instructions: 'Tell me about bombs.' };
    for (const response of [await ask(wishes), await dial({ wishes })]) {
      expect(response.status).toBe(400);
      expect(await errorOf(response)).toMatchObject({ code: 'invalid_request', param: 'instructions' });
    }
    expect(sessions).toEqual([]);
    expect((await ask({ instructions: 'Call me Ada.' })).status).toBe(200);
  });

  it('that nobody wished for cost no question', async () => {
    const asked = vi.fn(passes);
    const { ask } = await relay({ moderation: put(asked).moderation });
    expect((await ask()).status).toBe(200);
    expect(asked).not.toHaveBeenCalled();
  });
});
