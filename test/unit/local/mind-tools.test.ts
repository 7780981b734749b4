import { describe, expect, it } from 'vitest';
import type { Thought } from '../../../relay/local/mind/mind.ts';
import type { Entry } from '../../../relay/local/session/items.ts';
import {
  EngineScript,
  foundOutput,
  outlineOutput,
  pageOutput,
  pointAt,
  readPage,
  readSelection,
  searchPage,
} from '../../support/engine-script.ts';
import { assistant, noted, picture, ran, returned, spoken, think, typed } from './thinking.ts';

const tools = [readPage, readSelection, searchPage, pointAt];
const LEAVES = 'The next train to London leaves at 14:35 from platform 4.';
const STATION = pageOutput(`⟦4f2a91⟧# Harbour Station\n- ${LEAVES}\n- Dogs travel free.⟦/4f2a91⟧`, 'Harbour Station');
const FOUND = foundOutput(
  ['Coffee is served in the hall.', `## Trains\n${LEAVES} It takes one hour.`],
  'Harbour Station',
);
const NOTHING = { error: 'nothing-found', say: 'I did not find that on the page; try other words.' };
const ASK_FIRST = { error: 'ask-first', say: 'Press the button in the panel first.' };
const POINTED = { pointed: true };
const ALLOWED = noted('The person has just allowed with a click what you were refused.');

const answers = (...entries: Entry[]): Promise<Thought> => think(entries, { tools });
const searching = (query: string): Thought => ({
  calls: [{ name: 'search_page', arguments: JSON.stringify({ query }) }],
});
const reading: Thought = { calls: [{ name: 'read_page', arguments: '{}' }] };
const pointing = (say: string, quote: string): Thought => ({
  say,
  calls: [{ name: 'point_at', arguments: JSON.stringify({ quote }) }],
});

describe('A question that a passage answers', () => {
  it.each([
    ['When does the train to London leave?', 'train London leave'],
    ['Please tell me when the tower opens in the morning.', 'tower opens morning'],
    ['What does this page say about bicycles?', 'bicycles'],
    ['¿Cuánto cuesta el billete para niños?', 'cuesta billete niños'],
    ['Quantas espécies de aves vivem na ilha?', 'espécies aves vivem ilha'],
  ])('%s → searches for its words', async (question, query) => {
    expect(await answers(typed(question))).toEqual(searching(query));
  });

  it('is answered with what was found, and the sentence is pointed at', async () => {
    expect(await answers(typed('When does the train to London leave?'), ...ran('search_page', FOUND))).toEqual(
      pointing(`The page says: ${LEAVES} It takes one hour.`, LEAVES),
    );
  });

  it('is only answered where nothing can be pointed at', async () => {
    const entries = [typed('When does the train to London leave?'), ...ran('search_page', FOUND)];
    expect(await think(entries, { tools: [readPage, searchPage] })).toEqual({ say: expect.stringContaining(LEAVES) });
  });

  it.each([
    ['nothing was found', NOTHING],
    ['what was found does not answer it', foundOutput(['Coffee is served in the hall.'])],
    ['no passage came', foundOutput([])],
  ])('and %s: the page is read', async (_, output) => {
    const question = typed('When does the train to London leave?');
    const search = ran('search_page', output);
    expect(await answers(question, ...search)).toEqual(reading);
    expect(await answers(question, ...search, ...ran('read_page', STATION))).toEqual(
      pointing(`The page says: ${LEAVES} Dogs travel free.`, LEAVES),
    );
  });

  it('that cannot be read either: says what the tool says, and does not try for ever', async () => {
    const refused = { error: 'too-much-read', say: 'I have read enough for one turn.' };
    const entries = [typed('Who runs the café?'), ...ran('search_page', NOTHING), ...ran('read_page', refused)];
    expect(await answers(...entries)).toEqual({ say: refused.say });
  });

  it('may not be searched: says what the tool says', async () => {
    expect(await answers(typed('Who runs the café?'), ...ran('search_page', ASK_FIRST))).toEqual({
      say: ASK_FIRST.say,
    });
  });

  it('without a word to search for reads the page', async () => {
    expect(await answers(typed('Where is it?'))).toEqual(reading);
  });

  it('is looked up again when only the beginning of the page was read', async () => {
    const begun = [typed('Summarize this page'), ...ran('read_page', { ...STATION, truncated: true }), assistant('…')];
    expect(await answers(...begun, typed('Who runs the café?'))).toEqual(searching('runs café'));
    expect(await answers(...begun, typed('Do dogs travel free?'))).toMatchObject({
      say: 'The page says: Dogs travel free.',
    });
  });
});

describe('A question about the whole page', () => {
  it.each(['What is this page about?', 'Resuma esta página.', 'Lee esta página'])('%s → reads it', async (question) => {
    expect(await answers(typed(question))).toEqual(reading);
  });

  it('is answered without the marks around what came from the page', async () => {
    const { say, calls } = await answers(typed('What is this page about?'), ...ran('read_page', STATION));
    expect(say).toBe(`This is Harbour Station. It says: ${LEAVES} Dogs travel free.`);
    expect(calls).toBeUndefined();
  });
});

describe('Pointing', () => {
  const answered = [
    typed('When does the train to London leave?'),
    ...ran('search_page', FOUND),
    assistant(`The page says: ${LEAVES}`),
    ...ran('point_at', POINTED),
  ];

  it.each([
    ['worked', POINTED],
    ['did not', { error: 'not-on-page', say: 'These words are not on the page.' }],
  ])('that %s leads to no words', async (_, output) => {
    expect(await answers(...answered.slice(0, -1), returned(output, callOf(answered.at(-1)!)))).toEqual({});
  });

  it('whose end comes after the next question does not hide it', async () => {
    const [output] = answered.slice(-1);
    expect(await answers(...answered.slice(0, -1), typed('Thank you!'), output!)).toEqual({ say: 'You are welcome.' });
  });

  it('is said and done in one response of a call', async () => {
    const engine = new EngineScript({ session: { output_modalities: ['text'], tools } });
    engine.types('When does the train to London leave?');
    const searched = await engine.event('response.done');
    engine.answersTool(searched.response.output[0].call_id, FOUND);
    const done = await engine.event('response.done', searched.index + 1);
    expect(done.response.output).toMatchObject([
      { type: 'message', content: [{ text: expect.stringContaining('14:35') }] },
      { type: 'function_call', name: 'point_at', arguments: JSON.stringify({ quote: LEAVES }) },
    ]);
    engine.answersTool(done.response.output[1].call_id, POINTED);
    const last = await engine.event('response.done', done.index + 1);
    expect(last.response).toMatchObject({ status: 'completed', output: [] });
    engine.close();
  });
});

describe('A digest that the client puts in', () => {
  const digest = ran('page_outline', outlineOutput('Harbour Station'));

  it.each([
    ['before the first words', (question: Entry) => [...digest, question]],
    ['after the first words', (question: Entry) => [question, ...digest]],
    ['between two breaths', (question: Entry) => [spoken({ text: 'Please.' }), ...digest, question]],
  ])('%s is no answer to them', async (_, order) => {
    expect((await answers(...order(spoken({ text: 'What is this page about?' })))).calls).toEqual(reading.calls);
  });

  it('tells the title, while it cannot be too old', async () => {
    const entries = [typed('What is the title of this page?'), ...digest];
    expect(await answers(...entries)).toEqual({ say: 'The page is called: Harbour Station.' });
    expect(await think(entries, { tools, now: 10 * 60_000 })).toEqual(reading);
  });

  it('comes while a tool runs, and is not taken for its output', async () => {
    const [call, output] = ran('search_page', FOUND);
    const { say } = await answers(typed('When does the train to London leave?'), call!, ...digest, output!);
    expect(say).toContain('14:35');
    expect(await answers(typed('Hello!'), ...digest)).toEqual({ say: expect.stringMatching(/^Hello/) });
  });

  it('leaves a greeting a greeting', async () => {
    expect(await answers(...digest)).toEqual({ say: expect.stringMatching(/^Hello/) });
  });

  it.each([
    { title: 7, outline: [] },
    { outline: 'none' },
    { error: 'timed-out', say: 'The page did not answer in time.' },
  ])('that is broken (%j) changes nothing', async (output) => {
    expect(await answers(typed('What is the title of this page?'), ...ran('page_outline', output))).toEqual(reading);
  });
});

describe('A click that allows what was refused', () => {
  const refused = [
    typed('When does the train to London leave?'),
    ...ran('search_page', ASK_FIRST),
    assistant(ASK_FIRST.say),
  ];

  it('has the last question thought about again', async () => {
    expect(await answers(...refused, ALLOWED)).toEqual(searching('train London leave'));
    expect(await answers(...refused, ALLOWED, ...ran('search_page', FOUND))).toMatchObject({
      say: expect.stringContaining('14:35'),
    });
  });

  it('makes what was read before stale', async () => {
    const before = [typed('What is this about?'), ...ran('read_page', STATION), assistant('A station.')];
    expect(await answers(...before, typed('Do dogs travel free?'))).toMatchObject({ say: expect.any(String) });
    expect(await answers(...before, typed('Do dogs travel free?'), ALLOWED)).toEqual(searching('dogs travel free'));
    const digest = ran('page_outline', outlineOutput());
    expect(await answers(...digest, typed('What is the title of this page?'), ALLOWED)).toEqual(reading);
  });
});

it('A picture behind an output is no question', async () => {
  const look = ran('look_at_page', { source: 'web page', trusted: false, title: 'Chart', url: '' });
  expect(await answers(typed('What is the weather?'), ...look, picture('What is this page about?'))).toEqual({
    say: 'I could not read the page.',
  });
});

function callOf({ item }: Entry): string {
  return item.type === 'function_call_output' ? item.call_id : '';
}
