import { afterEach, describe, expect, it } from 'vitest';
import { toPcmBytes } from '../../../relay/local/audio/pcm.ts';
import { burstOutput } from '../../../relay/local/output/burst-output.ts';
import { imageSize, imageTokens } from '../../../relay/local/session/image.ts';
import { EngineScript, type Scripted, type WireEvent } from '../../support/engine-script.ts';

const open: EngineScript[] = [];
function call(script: Scripted = {}): EngineScript {
  const made = new EngineScript(script);
  open.push(made);
  return made;
}
afterEach(() => open.splice(0).forEach((each) => each.close()));

const user = (...content: unknown[]) => ({ type: 'message', role: 'user', content });
const text = (words: string) => ({ type: 'input_text', text: words });
const create = (script: EngineScript, item: unknown, previous?: string): WireEvent => {
  script.send('conversation.item.create', { item, ...(previous ? { previous_item_id: previous } : {}) });
  return script.events.at(-1)!;
};
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const tone = (ms: number): Int16Array =>
  Int16Array.from({ length: ms * 24 }, (_none, at) => Math.round(8000 * Math.sin((2 * Math.PI * 440 * at) / 24_000)));

function png(width: number, height: number): string {
  const bytes = Buffer.alloc(33);
  bytes.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return `data:image/png;base64,${base64(bytes)}`;
}
function jpeg(width: number, height: number): string {
  const thumbnail = [0xff, 0xe0, 0, 4, 1, 2];
  const frame = [0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0];
  return `data:image/jpeg;base64,${base64(Uint8Array.from([0xff, 0xd8, ...thumbnail, ...frame]))}`;
}

describe('An image', () => {
  it('is taken, told again with its detail, and billed as an image in every response', async () => {
    const script = call({ session: { output_modalities: ['text'] } });
    const url = png(800, 600);
    const { item } = create(script, user({ type: 'input_image', image_url: url }, text('Hello')));
    expect(item.content[0]).toEqual({ type: 'input_image', image_url: url, detail: 'auto' });
    script.send('response.create');
    const first = await script.event('response.done');
    expect(first.response.usage.input_token_details.image_tokens).toBe(765);
    script.send('response.create');
    const second = await script.event('response.done', first.index + 1);
    const details = second.response.usage.input_token_details;
    expect(details.image_tokens).toBe(765);
    expect(details.cached_tokens_details.image_tokens).toBe(704);
  });

  it.each([
    [png(100, 100), 'low', 85],
    [png(100, 100), 'high', 255],
    [jpeg(1024, 1024), 'high', 765],
    [jpeg(4096, 1024), 'auto', 85 + 170 * 4],
  ])('of its size counts so much', (url, detail, tokens) => {
    expect(imageTokens(imageSize(url)!, detail as 'low')).toBe(tokens);
  });

  it.each([
    'https://example.com/cat.png',
    'data:image/gif;base64,R0lGODlhAQABAAAAACw=',
    'data:image/png;base64,AAAA',
    'data:image/png;base64,',
    jpeg(0, 10),
    'data:image/jpeg;base64,/9j///////////8=',
  ])('that is none is refused: %s', (url) => {
    const refused = create(call(), user({ type: 'input_image', image_url: url }));
    expect(refused).toMatchObject({
      type: 'error',
      error: {
        code: 'invalid_value',
        param: 'item.content[0].image_url',
        message: expect.stringContaining('PNG or JPEG'),
      },
    });
  });

  it('belongs to the user only', () => {
    const item = { type: 'message', role: 'system', content: [{ type: 'input_image', image_url: png(1, 1) }] };
    expect(create(call(), item)).toMatchObject({ error: { code: 'invalid_value', param: 'item.content[0].type' } });
  });
});

describe('A recording put into the conversation', () => {
  const recording = base64(toPcmBytes(tone(500)));

  it('is told without its sound, recognised, and answered', async () => {
    const script = call({ turns: ['Who are you?'] });
    const { item } = create(script, user({ type: 'input_audio', audio: recording }));
    expect(item.content).toEqual([{ type: 'input_audio', transcript: null }]);
    script.send('response.create');
    const done = await script.event('response.done');
    expect(script.answers()[0]).toContain('offline engine');
    expect(done.response.usage.input_token_details.audio_tokens).toBe(5);
  });

  it('is believed when it says itself what is in it', async () => {
    const script = call({ turns: [] });
    const { item } = create(script, user({ type: 'input_audio', audio: recording, transcript: 'Thank you' }));
    expect(item.content).toEqual([{ type: 'input_audio', transcript: 'Thank you' }]);
    script.send('response.create');
    await script.event('response.done');
    expect(script.answers()).toEqual(['You are welcome.']);
  });

  it('comes in the format of the session', async () => {
    const format = { type: 'audio/pcmu' };
    const script = call({ session: { audio: { input: { format } } }, turns: ['Hello.'] });
    create(script, user({ type: 'input_audio', audio: base64(new Uint8Array(4000).fill(0x80)) }));
    script.send('response.create');
    const { response } = await script.event('response.done');
    expect(response.usage.input_token_details.audio_tokens).toBe(5);
  });

  it('can be given to one response only', async () => {
    const script = call({ turns: ['Thank you.'] });
    const input = [user({ type: 'input_audio', audio: recording })];
    script.send('response.create', { response: { conversation: 'none', input, output_modalities: ['text'] } });
    const { response } = await script.event('response.done');
    expect(response.output[0].content[0].text).toBe('You are welcome.');
  });

  it.each(['', 'not base64!', 'AAA'])('that is not base64 is refused: %j', (audio) => {
    expect(create(call(), user({ type: 'input_audio', audio }))).toMatchObject({
      type: 'error',
      error: { param: 'item.content[0].audio' },
    });
  });

  it('cannot be put into the mouth of the assistant', () => {
    const item = { type: 'message', role: 'assistant', content: [{ type: 'output_audio', audio: recording }] };
    expect(create(call(), item)).toMatchObject({
      error: { code: 'invalid_value', param: 'item.content[0].type', message: expect.stringContaining('output_text') },
    });
  });
});

describe('Retrieving an item', () => {
  const retrieved = async (script: EngineScript, id: string): Promise<WireEvent['item']> => {
    const from = script.events.length;
    script.send('conversation.item.retrieve', { item_id: id });
    return (await script.event('conversation.item.retrieved', from)).item;
  };
  const lengthMs = (audio: string): number => Buffer.from(audio, 'base64').length / 48;

  it('brings a spoken turn with its sound and its words', async () => {
    const script = call({ session: { audio: { input: { transcription: {} } } }, turns: ['Hello.'] });
    script.says(1000);
    const { item_id: id } = await script.event('conversation.item.input_audio_transcription.completed');
    const [part] = (await retrieved(script, id)).content;
    expect(part).toMatchObject({ type: 'input_audio', transcript: 'Hello.' });
    // The voice, the padding before it and the silence that ended it.
    expect(lengthMs(part.audio)).toBeGreaterThan(1150);
    expect(lengthMs(part.audio)).toBeLessThan(1600);
  });

  it('brings an injected recording as it was', async () => {
    const script = call();
    const { item } = create(script, user({ type: 'input_audio', audio: base64(toPcmBytes(tone(300))) }));
    const [part] = (await retrieved(script, item.id)).content;
    expect(lengthMs(part.audio)).toBe(300);
  });

  it('is not mixed with one of the same name that was refused, or deleted', async () => {
    const script = call();
    const named = (ms: number) => ({
      ...user({ type: 'input_audio', audio: base64(toPcmBytes(tone(ms))), transcript: 'Hello' }),
      id: 'mine',
    });
    create(script, named(300));
    expect(create(script, named(200))).toMatchObject({ error: { code: 'item_create_duplicate_item_id' } });
    expect(lengthMs((await retrieved(script, 'mine')).content[0].audio)).toBe(300);
    script.send('conversation.item.delete', { item_id: 'mine' });
    create(script, named(200));
    expect(lengthMs((await retrieved(script, 'mine')).content[0].audio)).toBe(200);
  });

  it('brings the voice of the assistant, and after a truncation what is left of it, without words', async () => {
    const script = call({ mind: { think: () => ({ say: 'One two three.' }) }, wordMs: 100, createOutput: burstOutput });
    script.send('response.create');
    const { response } = await script.event('response.done');
    const [{ id }] = response.output;
    const [whole] = (await retrieved(script, id)).content;
    expect(whole.transcript).toBe('One two three.');
    expect(lengthMs(whole.audio)).toBe(300);
    script.send('conversation.item.truncate', { item_id: id, content_index: 0, audio_end_ms: 120 });
    const [rest] = (await retrieved(script, id)).content;
    expect(rest).not.toHaveProperty('transcript');
    expect(lengthMs(rest.audio)).toBe(120);
    // More than there is: it is shortened to what there is, and complained about.
    script.send('conversation.item.truncate', { item_id: id, content_index: 0, audio_end_ms: 999 });
    expect(script.events.slice(-2)).toMatchObject([
      { type: 'conversation.item.truncated', audio_end_ms: 120 },
      { type: 'error', error: { message: 'Audio content of 120ms is already shorter than 999ms' } },
    ]);
  });

  it('leaves out what a data channel could not carry, and only there', async () => {
    const long = user({ type: 'input_audio', audio: base64(toPcmBytes(tone(6000))), transcript: 'long' });
    const channel = call();
    expect((await retrieved(channel, create(channel, long).item.id)).content).toEqual([
      { type: 'input_audio', transcript: 'long' },
    ]);
    const socket = call({ createOutput: burstOutput });
    expect(lengthMs((await retrieved(socket, create(socket, long).item.id)).content[0].audio)).toBe(6000);
  });
});

describe('The order of items', () => {
  const say = (script: EngineScript, id: string, previous?: string) =>
    create(script, { ...user(text(id)), id }, previous);

  it('is the end, the front, or behind another', () => {
    const script = call();
    expect(say(script, 'a').previous_item_id).toBeNull();
    expect(say(script, 'b').previous_item_id).toBe('a');
    expect(say(script, 'front', 'root').previous_item_id).toBeNull();
    expect(say(script, 'between', 'a').previous_item_id).toBe('a');
    expect(say(script, 'end').previous_item_id).toBe('b');
  });

  it('has no place behind nobody, and no two of the same name', () => {
    const script = call();
    say(script, 'a');
    expect(say(script, 'b', 'nobody')).toMatchObject({
      error: { code: 'item_create_invalid_previous_item_id', param: 'previous_item_id' },
    });
    expect(say(script, 'a')).toMatchObject({ error: { code: 'item_create_duplicate_item_id', param: 'item.id' } });
    expect(say(script, 'b').type).toBe('conversation.item.done');
  });

  it('closes behind one that is deleted; a call that is gone takes no output', async () => {
    const script = call();
    say(script, 'a');
    create(script, { type: 'function_call', id: 'f', name: 'read_page', call_id: 'call_1', arguments: '{}' });
    script.send('conversation.item.delete', { item_id: 'f' });
    expect(script.events.at(-1)).toMatchObject({ type: 'conversation.item.deleted', item_id: 'f' });
    expect(create(script, { type: 'function_call_output', call_id: 'call_1', output: '{}' })).toMatchObject({
      error: { code: 'invalid_tool_call_id', event_id: null },
    });
    expect(say(script, 'b').previous_item_id).toBe('a');
    script.send('conversation.item.retrieve', { item_id: 'f' });
    expect(script.events.at(-1)).toMatchObject({ error: { code: 'item_retrieve_invalid_item_id' } });
  });

  it('takes history: what was typed, said and called before', async () => {
    const script = call({ session: { output_modalities: ['text'] } });
    const phase = 'final_answer';
    create(script, user(text('Hello')));
    const said = create(script, {
      type: 'message',
      role: 'assistant',
      phase,
      content: [{ type: 'output_text', text: 'Hi.' }],
    });
    expect(said.item).toMatchObject({ role: 'assistant', phase, status: 'completed' });
    create(script, { type: 'message', role: 'system', content: [text('Be kind.')] });
    script.types('Thank you');
    const { response } = await script.event('response.done');
    expect(response.output[0].content[0].text).toBe('You are welcome.');
  });
});

describe('The transcription of a turn', () => {
  const completed = async (model: string): Promise<{ script: EngineScript; usage: unknown }> => {
    const script = call({ session: { audio: { input: { transcription: { model } } } }, turns: ['Hello there you.'] });
    script.says(1000);
    return { script, ...(await script.event('conversation.item.input_audio_transcription.completed')) } as never;
  };
  const deltas = ({ events }: EngineScript): string[] =>
    events.filter(({ type }) => type.endsWith('transcription.delta')).map(({ delta }) => delta);

  it('is billed by time, or by tokens where the model is', async () => {
    expect((await completed('gpt-realtime-whisper')).usage).toEqual({ type: 'duration', seconds: expect.any(Number) });
    const { usage } = await completed('gpt-4o-mini-transcribe');
    expect(usage).toMatchObject({ type: 'tokens', input_token_details: { text_tokens: 0 }, output_tokens: 4 });
  });

  it('comes word by word, from whisper-1 all at once', async () => {
    expect(deltas((await completed('gpt-live-transcribe')).script)).toEqual(['Hello', ' there', ' you.']);
    expect(deltas((await completed('whisper-1')).script)).toEqual(['Hello there you.']);
  });
});
