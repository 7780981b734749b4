/** Portuguese and Spanish, of which the engine knows some phrases: said by voices it did not learn them from. */
import * as rtc from 'node-datachannel';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startLocalEngine, type LocalEngine } from '../../relay/local/engine-process.ts';
import { createHearing, type Hearing } from '../../relay/local/hearing/hearing.ts';
import { PHRASE_LISTS } from '../../relay/local/hearing/phrase-list.ts';
import { createSpeaking, type Speaking } from '../../relay/local/speaking/speaking.ts';
import { phrases } from '../../relay/local/mind/words.ts';
import { pageOutput, readPage } from '../support/engine-script.ts';
import { otherVoices, type Accent } from '../support/other-voices.ts';
import { mint, RealtimePeer } from '../support/realtime-peer.ts';

const voices = await otherVoices();
const HEARING_RATE = 16_000;

const PEOPLE: Record<string, Accent[]> = {
  pt: [
    { voice: 'pt-br+f2', wordsPerMinute: 140, pitch: 35 },
    { voice: 'pt-br+m3', wordsPerMinute: 175 },
    { voice: 'pt-br+f4', wordsPerMinute: 195, pitch: 65 },
    { voice: 'pt-br+m7', wordsPerMinute: 155 },
  ],
  es: [
    { voice: 'es+f2', wordsPerMinute: 140, pitch: 35 },
    { voice: 'es-419+m3', wordsPerMinute: 175 },
    { voice: 'es+f4', wordsPerMinute: 195, pitch: 65 },
    { voice: 'es-419+m7', wordsPerMinute: 155 },
  ],
};
const LANGUAGES: Record<string, string> = { pt: 'pt-BR', es: 'es' };
/** Nothing that is in the lists. */
const OTHER: Record<string, string[]> = {
  pt: [
    'amanhã vai chover no norte do país',
    'eu gosto de café com leite',
    'onde posso comprar um bilhete de trem',
    'me conta uma piada',
    'qual é a capital da França',
    'sim',
    'não',
    'boa noite',
  ],
  es: [
    'mañana va a llover en el norte del país',
    'me gusta el café con leche',
    'dónde puedo comprar un billete de tren',
    'cuéntame un chiste',
    'cuál es la capital de Francia',
    'sí',
    'no',
    'buenas noches',
  ],
};

/** With the silence that a turn has around it, and a softly hissing room. */
function inARoom(voice: Float32Array, rate: number): Float32Array {
  let state = 42;
  const all = new Float32Array(voice.length + rate * 0.9).map(() => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return (state / 2 ** 30 - 1) * 0.003;
  });
  for (const [index, sample] of voice.entries()) all[index + rate * 0.4]! += sample;
  return all;
}

describe.runIf(voices)('The ears, without a model for the language', () => {
  let hearing: Hearing;
  let speaking: Speaking;
  const hear = (text: string, accent: Accent, tag: string) =>
    hearing.recognise(inARoom(voices!(text, accent, HEARING_RATE), HEARING_RATE), LANGUAGES[tag]!);

  beforeAll(async () => {
    speaking = createSpeaking();
    hearing = createHearing({ voice: speaking });
    await hearing.ready;
  });
  afterAll(async () => {
    await Promise.all([hearing.close(), speaking.close()]);
  });

  it.each(Object.keys(PEOPLE))('understand the phrases they know in %s, and take nothing else for one', async (tag) => {
    const counts = { right: 0, wrong: [] as string[], refused: [] as string[] };
    for (const accent of PEOPLE[tag]!) {
      for (const phrase of PHRASE_LISTS[tag]!.phrases) {
        const said = `${accent.voice}: ${phrase}`;
        const heard = await hear(phrase, accent, tag);
        if (!('text' in heard)) counts.refused.push(said);
        else if (heard.text === phrase) counts.right += 1;
        else counts.wrong.push(`${said} → ${heard.text}`);
      }
      for (const other of OTHER[tag]!) {
        const heard = await hear(other, accent, tag);
        if ('text' in heard) counts.wrong.push(`${accent.voice}: ${other} → ${heard.text}`);
        else expect(heard.fault).toBe('phrase_unknown');
      }
    }
    console.log(`${tag}: ${JSON.stringify(counts)}`);
    expect(counts.wrong).toEqual([]);
    expect(counts.refused.length).toBeLessThanOrEqual(2);
  });

  it('say so when nobody spoke, when the language has no list, and when there is no voice to learn from', async () => {
    const unintelligible = { fault: 'audio_unintelligible' };
    expect(await hearing.recognise(new Float32Array(32_000), 'pt-BR')).toEqual(unintelligible);
    expect(await hearing.recognise(new Float32Array(1000).fill(0.1), 'es')).toEqual(unintelligible);
    const question = inARoom(voices!('bom dia', { voice: 'pt-br' }, HEARING_RATE), HEARING_RATE);
    expect(await hearing.recognise(question, 'de')).toEqual({ fault: 'language_unsupported' });
  });
});

describe.runIf(voices)('A call in Portuguese', () => {
  const STATION = pageOutput('O museu conta a história da cidade. Aberto de terça a domingo, das 9h às 18h.', 'Museu');
  const session = {
    tools: [readPage],
    audio: {
      input: { transcription: { language: 'pt-BR' }, turn_detection: { type: 'server_vad', silence_duration_ms: 500 } },
    },
  };
  const peers: RealtimePeer[] = [];
  let engine: LocalEngine;

  beforeAll(async () => {
    engine = await startLocalEngine();
  });
  afterEach(() => {
    for (const peer of peers.splice(0)) peer.close();
  });
  afterAll(async () => {
    await engine?.close();
    rtc.cleanup();
  });

  async function dial(): Promise<RealtimePeer> {
    const peer = await RealtimePeer.connect({ baseUrl: engine.baseUrl, key: await mint(engine, session) });
    peers.push(peer);
    await peer.event('session.created');
    return peer;
  }

  const say = (peer: RealtimePeer, text: string): Promise<void> => {
    const sound = inARoom(voices!(text, { voice: 'pt-br+f2', wordsPerMinute: 150 }, 24_000), 24_000);
    return peer.say(Int16Array.from(sound, (sample) => sample * 0x7fff));
  };

  it('a question it knows is understood and answered from the page, in Portuguese', async () => {
    const peer = await dial();
    await say(peer, 'Qual é o horário?');
    const understood = await peer.event('conversation.item.input_audio_transcription.completed');
    expect(understood['transcript']).toBe('Qual é o horário?');
    const called = await peer.event('response.function_call_arguments.done');
    peer.send({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: called['call_id'], output: JSON.stringify(STATION) },
    });
    await peer.event('response.done', { from: called.index });
    peer.send({ type: 'response.create' });
    const { transcript } = await peer.event('response.output_audio_transcript.done');
    expect(transcript).toBe('A página diz: Aberto de terça a domingo, das 9h às 18h.');
    const started = await peer.event('output_audio_buffer.started');
    await peer.until(() => peer.heard.some(({ at, level }) => at > started.receivedAt && level > 0.01), 'a voice');
  });

  it('anything else is not transcribed, and a sentence in Portuguese says what is understood', async () => {
    const peer = await dial();
    await say(peer, 'Amanhã vai chover no norte do país.');
    const failed = await peer.event('conversation.item.input_audio_transcription.failed');
    expect(failed['error'].code).toBe('audio_unintelligible');
    const { transcript } = await peer.event('response.output_audio_transcript.done');
    expect(transcript).toBe(phrases('pt-BR').fewPhrases);
    await peer.event('output_audio_buffer.started');
  });
});
