import { describe, expect, it } from 'vitest';
import { onlyVoice, unitFrames, warpedDistance, type Frames } from '../../../relay/local/hearing/frames.ts';
import { PHRASE_LISTS } from '../../../relay/local/hearing/phrase-list.ts';
import { PhraseBook } from '../../../relay/local/hearing/phrases.ts';
import { createMind, type Thought } from '../../../relay/local/mind/mind.ts';
import { phrases } from '../../../relay/local/mind/words.ts';
import type { Entry } from '../../../relay/local/session/items.ts';
import type { Recognition } from '../../../relay/local/hearing/hearing.ts';
import { EngineScript, pageOutput, readPage, readSelection } from '../../support/engine-script.ts';

const SIZE = 4;
/** Each letter is a sound: a vector of its own, slightly blurred by `accent`. */
function sounds(letters: string, accent = 0): Frames {
  const values = [...letters].flatMap((letter) =>
    Array.from({ length: SIZE }, (_, index) => (letter.charCodeAt(0) % SIZE === index ? 1 : accent)),
  );
  return unitFrames(Float32Array.from(values), SIZE);
}

function bookOf(...texts: string[]): PhraseBook {
  const book = new PhraseBook();
  for (const text of texts) book.learn(text, sounds(text));
  return book;
}

describe('Two recordings', () => {
  it('of the same sounds are alike at any pace', () => {
    expect(warpedDistance(sounds('abcd'), sounds('aabbccdd'))).toBeCloseTo(0);
    expect(warpedDistance(sounds('abcd'), sounds('abcc'))).toBeGreaterThan(0.1);
  });

  it('are compared without the silence and the loudness of the room', () => {
    const voice = Float32Array.from({ length: 8000 }, (_, index) => Math.sin(index / 5) * 0.1);
    const room = (before: number, after: number, level: number): Float32Array => {
      const all = new Float32Array(before + voice.length + after);
      all.set(
        voice.map((sample) => sample * level),
        before,
      );
      return all;
    };
    const one = onlyVoice(room(3200, 16_000, 1));
    const other = onlyVoice(room(16_000, 1600, 4));
    expect(one).toHaveLength(other.length);
    expect(one.every((sample, index) => Math.abs(sample - other[index]!) < 1e-4)).toBe(true);
    expect(onlyVoice(new Float32Array(16_000))).toHaveLength(0);
  });
});

describe('A phrase book', () => {
  it('finds a phrase said with an accent, at another pace', () => {
    expect(bookOf('abcd', 'dcba', 'aabb').find(sounds('abbccd', 0.1)).phrase).toBe('abcd');
  });

  it('refuses what is far from everything, what is between two phrases, and what is only the beginning', () => {
    expect(bookOf('abcd', 'dcba').find(sounds('cacaca')).phrase).toBeNull();
    expect(bookOf('abcd', 'abce').find(sounds('abcd', 0.25)).phrase).toBe('abcd');
    expect(bookOf('aabbccdd', 'aabbccdc').find(sounds('aabbccdd', 0.4)).phrase).toBeNull();
    expect(bookOf('abcd', 'dcba').find(sounds('abcddddddd')).phrase).toBeNull();
    expect(new PhraseBook().find(sounds('a')).phrase).toBeNull();
  });

  it('knows words that must not be taken for a phrase', () => {
    const book = bookOf('abcd');
    book.learn('dcba', sounds('dcba'), true);
    expect(book.find(sounds('dcba')).phrase).toBeNull();
    expect(book.find(sounds('abcd')).phrase).toBe('abcd');
  });
});

describe.each([
  ['pt', 'pt-BR'],
  ['es', 'es'],
])('Every phrase of %s', (tag, language) => {
  const page = pageOutput(
    tag === 'pt'
      ? 'O museu conta a história da cidade. Aberto de terça a domingo, das 9h às 18h. Ingressos: R$ 20. Rua das Flores, 12. Telefone: 5555-0101. Escrito por Maria Souza. Publicado em 3 de março de 2024.'
      : 'El museo cuenta la historia de la ciudad. Abierto de martes a domingo, de 9:00 a 18:00. Entrada: 5 euros. Calle Mayor, 12. Teléfono: 555 0101. Escrito por María Soto. Publicado el 3 de marzo de 2024.',
    'Museu',
  );
  const words = phrases(language);
  const think = (entries: Entry[]): Thought =>
    createMind().think({
      entries,
      instructions: '',
      tools: [readPage, readSelection],
      mustCall: null,
      language,
      now: 0,
    }) as Thought;
  const spoken = (text: string): Entry => ({
    item: {
      id: 'item_1',
      type: 'message',
      status: 'completed',
      role: 'user',
      content: [{ type: 'input_audio', transcript: text }],
    },
    at: 0,
    audioMs: 1000,
    heard: { text },
  });

  it.each([...PHRASE_LISTS[tag]!.phrases])('"%s" has an answer in that language', (phrase) => {
    const first = think([spoken(phrase)]);
    if (!first.calls) {
      expect([words.greeting, words.identity, words.thanks, words.goodbye, words.stopped]).toContain(first.say);
      return;
    }
    const { say } = think([
      spoken(phrase),
      {
        item: { id: 'item_2', type: 'function_call', status: 'completed', name: 'x', call_id: 'call_1', arguments: '' },
        at: 0,
        audioMs: 0,
      },
      {
        item: { id: 'item_3', type: 'function_call_output', call_id: 'call_1', output: JSON.stringify(page) },
        at: 0,
        audioMs: 0,
      },
    ]);
    const openings = [words.quote, words.summary, words.title].map((sentence) => sentence.split('{')[0]!);
    expect(
      openings.some((opening) => say?.startsWith(opening)),
      say,
    ).toBe(true);
  });

  it.each([
    [/horario/, /9/],
    [/cuesta|custa/, /20|5 euros/],
    [/telefono/, /0101/],
    [/donde|onde|endereco|direccion/, /12/],
  ])('that asks for %s gets that passage of the page', (question, fact) => {
    const asked = PHRASE_LISTS[tag]!.phrases.filter((phrase) =>
      question.test(phrase.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()),
    );
    for (const phrase of asked) {
      const call: Entry = {
        item: { id: 'item_2', type: 'function_call_output', call_id: 'call_1', output: JSON.stringify(page) },
        at: 0,
        audioMs: 0,
      };
      expect(think([spoken(phrase), call]).say).toMatch(fact);
    }
  });
});

describe('Something else in that language', () => {
  it('fails to be transcribed, and the answer says in that language what is understood', async () => {
    const turns: Recognition[] = [{ fault: 'phrase_unknown' }];
    const engine = new EngineScript({
      turns,
      session: { audio: { input: { transcription: { language: 'pt-BR' }, turn_detection: { type: 'server_vad' } } } },
    });
    engine.says();
    const failed = await engine.event('conversation.item.input_audio_transcription.failed');
    expect(failed['error']).toMatchObject({
      code: 'audio_unintelligible',
      message: expect.stringMatching(/few phrases/),
    });
    await engine.event('response.done');
    expect(engine.answers()).toEqual([phrases('pt-BR').fewPhrases]);
    expect(engine.answers()[0]).toMatch(/resuma esta página/);
    engine.close();
  });
});
