import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadOpus } from '../../relay/local/audio/opus.ts';
import { resample } from '../../relay/local/audio/resample.ts';
import type { Hearing } from '../../relay/local/hearing/hearing.ts';
import { createSpeaking, type Speaking, type Speech } from '../../relay/local/speaking/speaking.ts';
import { closeRecogniser, ears, findSpeech, recognise, wordErrors } from '../support/recognise.ts';

const QUESTION = 'What time does the next train leave for London?';
/** A word wrong in eight, rounded down. */
const allowed = (text: string) => Math.floor(text.split(' ').length / 8);

let hearing: Hearing;
let speaking: Speaking;

beforeAll(async () => {
  hearing = ears();
  speaking = createSpeaking();
  await Promise.all([hearing.ready, speaking.ready]);
});

afterAll(async () => {
  await Promise.all([speaking.close(), closeRecogniser()]);
});

/** Through the codec as in a call: 24 kHz in, Opus, 16 kHz out, with a second of silence on each side. */
async function overTheWire({ samples }: Speech): Promise<Float32Array> {
  const padded = new Int16Array(Math.ceil((samples.length + 48_000) / 480) * 480);
  padded.set(samples, 24_000);
  const opus = await loadOpus();
  const encoder = opus.createEncoder();
  const decoder = opus.createDecoder();
  const heard = new Float32Array((padded.length / 480) * 320);
  for (let frame = 0; frame * 480 < padded.length; frame++) {
    const packet = encoder.encode(padded.subarray(frame * 480, (frame + 1) * 480));
    heard.set(decoder.decode(packet)!, frame * 320);
  }
  encoder.free();
  decoder.free();
  return heard;
}

/** The same pseudo-random hiss at every run. */
function hiss(seconds: number, level: number): Float32Array {
  let state = 42;
  return new Float32Array(seconds * 16_000).map(() => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return (state / 2 ** 30 - 1) * level;
  });
}

describe('The engine has everything it needs on this machine', () => {
  it('to hear and to speak English', async () => {
    expect(await hearing.ready).toEqual({ missing: [] });
    expect((await speaking.ready).languages).toContain('en');
  });
});

describe('A spoken question', () => {
  it.each(['marin', 'cedar', 'ballad'])(
    'in the voice %s arrives over Opus as one utterance, understood',
    async (voice) => {
      const heard = await overTheWire(await speaking.speak(QUESTION, { language: 'en', voice }));
      const found = await findSpeech(heard);
      expect(found).toHaveLength(1);
      const [{ start, end }] = found as [{ start: number; end: number }];
      // Beginning with the voice, one second in, and its margin; ending before the silence does.
      expect(start / 16_000).toBeGreaterThan(0.5);
      expect(start / 16_000).toBeLessThan(1.1);
      expect(end).toBeLessThan(heard.length);
      const recognition = await hearing.recognise(heard.subarray(start, end), 'en');
      expect(recognition).toHaveProperty('text');
      const { text } = recognition as { text: string };
      expect(wordErrors(QUESTION, text), text).toBeLessThanOrEqual(allowed(QUESTION));
    },
  );

  it('about numbers and names is understood with at most one word wrong in eight', async () => {
    const text = 'The lighthouse was built in 1874, stands 42 meters tall, and is open from Monday to Friday.';
    const { samples } = await speaking.speak(text, { language: 'en', voice: 'marin' });
    const heard = await recognise(
      Float32Array.from(samples, (sample) => sample / 0x8000),
      24_000,
    );
    expect(wordErrors(text, heard), heard).toBeLessThanOrEqual(allowed(text));
  });

  it('after a long pause is a second utterance, and the recogniser reads both', async () => {
    const first = await overTheWire(await speaking.speak('Please read this page.', { language: 'en', voice: 'marin' }));
    const second = await overTheWire(await speaking.speak(QUESTION, { language: 'en', voice: 'marin' }));
    const both = new Float32Array(first.length + second.length);
    both.set(first);
    both.set(second, first.length);
    expect(await findSpeech(both)).toHaveLength(2);
    const text = await recognise(both, 16_000);
    expect(wordErrors(`Please read this page. ${QUESTION}`, text), text).toBeLessThanOrEqual(1);
  });

  it('does not stop the VAD from listening while it is being understood', async () => {
    const heard = await overTheWire(await speaking.speak(QUESTION, { language: 'en', voice: 'marin' }));
    const vad = hearing.openVad();
    const done = new AbortController();
    const recognition = hearing.recognise(heard, 'en').finally(() => done.abort());
    let frames = 0;
    while (!done.signal.aborted) {
      await vad.push(new Float32Array(512));
      frames++;
    }
    vad.close();
    expect(await recognition).toHaveProperty('text');
    // Between the tokens, not only before and after them.
    expect(frames).toBeGreaterThan(5);
  });
});

describe('What is not speech', () => {
  it.each([
    ['silence', new Float32Array(16_000 * 5)],
    ['a hissing microphone', hiss(5, 0.02)],
    ['a loud fan', hiss(5, 0.2)],
    ['a hum', new Float32Array(16_000 * 5).map((_zero, index) => Math.sin((2 * Math.PI * 50 * index) / 16_000) * 0.3)],
  ])('such as %s is not taken for it', async (_name, samples) => {
    expect(await findSpeech(samples)).toEqual([]);
  });

  it('is unintelligible to the recogniser when it is too short or silent', async () => {
    const fault = { fault: 'audio_unintelligible' };
    expect(await hearing.recognise(new Float32Array(1000).fill(0.1), 'en')).toEqual(fault);
    expect(await hearing.recognise(new Float32Array(32_000), 'en')).toEqual(fault);
  });
});

describe('Other languages', () => {
  it('are not understood, and it says so instead of guessing', async () => {
    for (const language of ['pt-BR', 'es', 'de']) {
      expect(await hearing.recognise(hiss(1, 0.1), language)).toEqual({ fault: 'language_unsupported' });
    }
  });

  it.each([
    ['pt-BR', 'Olá — posso ler 12 páginas.'],
    ['es', 'Hola, puedo leer <esta> página & más.'],
  ])('%s is spoken when eSpeak is installed', async (language, text) => {
    if (!(await speaking.ready).languages.includes(language)) {
      await expect(speaking.speak(text, { language, voice: 'marin' })).rejects.toThrow(/npm install/);
      return;
    }
    const { samples, words } = await speaking.speak(text, { language, voice: 'marin' });
    expect(samples.length / 24_000).toBeGreaterThan(1.5);
    expect(words.map((word) => word.text).join(' ')).toBe(text);
    expect(words[0]!.startMs).toBeLessThan(100);
    expect(words.at(-1)!.startMs).toBeGreaterThan(1000);
    expect(
      await findSpeech(
        resample(
          Float32Array.from(samples, (sample) => sample / 0x8000),
          24_000,
          16_000,
        ),
      ),
    ).not.toEqual([]);
  });

  it('nobody speaks are refused', async () => {
    await expect(speaking.speak('x', { language: 'xx', voice: 'marin' })).rejects.toThrow(/"xx"/);
    await expect(speaking.speak('x', { language: '../../voices', voice: 'marin' })).rejects.toThrow(/language|speaks/);
  });
});

describe('A clause', () => {
  it('begins within a tenth of a second and names each word in order', async () => {
    const text = 'Hello, I can read this page for you.';
    const { samples, words } = await speaking.speak(text, { language: 'en', voice: 'marin' });
    expect(samples.findIndex((sample) => Math.abs(sample) > 300) / 24).toBeLessThan(100);
    expect(words.map((word) => word.text).join(' ')).toBe(text);
    const moments = words.flatMap(({ startMs, endMs }) => [startMs, endMs]);
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    expect(moments.at(-1)).toBeLessThanOrEqual(samples.length / 24);
  });

  it('is spoken faster when asked to', async () => {
    const usual = await speaking.speak(QUESTION, { language: 'en', voice: 'marin' });
    const fast = await speaking.speak(QUESTION, { language: 'en', voice: 'marin', speed: 1.5 });
    expect(fast.samples.length).toBeLessThan(usual.samples.length * 0.8);
  });

  it('that looks like an option or a file is only read', async () => {
    for (const text of ['--help', '-o /tmp/x.wav', '/etc/passwd', '%n%n%s']) {
      const { samples } = await speaking.speak(text, { language: 'en', voice: 'marin' });
      expect(samples.length / 24_000).toBeLessThan(6);
    }
  });

  it('with nothing to say is silent', async () => {
    expect((await speaking.speak(' … ', { language: 'en', voice: 'marin' })).samples).toHaveLength(0);
  });

  it('not wanted any more ends with an AbortError, and the next is spoken', async () => {
    const controller = new AbortController();
    const clauses = [1, 2, 3].map((number) =>
      speaking.speak(`This is sentence number ${number}.`, {
        language: 'en',
        voice: 'marin',
        signal: controller.signal,
      }),
    );
    const next = speaking.speak('And on we go.', { language: 'en', voice: 'marin' });
    controller.abort();
    for (const clause of clauses) await expect(clause).rejects.toMatchObject({ name: 'AbortError' });
    expect((await next).samples.length).toBeGreaterThan(12_000);
    await expect(
      speaking.speak('Too late.', { language: 'en', voice: 'marin', signal: controller.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });
});
