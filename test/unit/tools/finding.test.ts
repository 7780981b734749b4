import { describe, expect, it } from 'vitest';
import { estimateTokens } from '../../../lib/page/tokens.ts';
import { longPage, openScene, shop, tea, unmarked, written } from './parts.ts';

describe('search_page', () => {
  it('finds the passage that answers, with its headings', async () => {
    const { said, source } = await openScene({ page: longPage(60) }).use('search_page', { query: 'part41' });
    expect(said.title).toBe('All about tea');
    expect(said.passages[0].path).toEqual(['Section 41']);
    expect(unmarked(said.passages[0].text)).toContain('Here begins part41.');
    expect(source?.characters).toBeGreaterThan(100);
  });

  it('hands on three passages at most, and no more than 400 tokens', async () => {
    const title = 'A title of some length. '.repeat(8);
    const { said } = await openScene({ page: { ...longPage(60), title } }).use('search_page', { query: 'words page' });
    const words = said.passages.flatMap(({ path, text }: { path: string[]; text: string }) => [
      ...path,
      unmarked(text),
    ]);
    expect(said.passages).toHaveLength(3);
    expect(estimateTokens([said.title, ...words].join(' '))).toBeLessThanOrEqual(405);
  });

  it('says that nothing was found, and how to look on', async () => {
    const { said, fault } = await openScene().use('search_page', { query: 'submarine' });
    expect(fault).toBe('nothing-found');
    expect(said).toMatchObject({
      say: expect.stringContaining('other words'),
      problem: expect.stringContaining('read_page'),
    });
  });
});

describe('read_more', () => {
  it('hands on a found passage whole, with what stands around it', async () => {
    const { use, asked } = openScene({ page: longPage(60) });
    const { said } = await use('search_page', { query: 'part41' });
    const more = await use('read_more', { passages: [said.passages[0].id] });
    const text = unmarked(more.said.text);
    expect(text).toContain('end40.');
    expect(text).toContain('## Section 41\nHere begins part41.');
    expect(text).toContain('end41.');
    expect(text).toContain('Here begins part42.');
    expect(text.length).toBeLessThanOrEqual(4000);
    expect(more.said).toMatchObject({ truncated: true, next: expect.any(String) });
    expect(asked).toEqual(['read']);
  });

  it('goes on behind the best passage of a search', async () => {
    const { use } = openScene({ page: longPage(60) });
    const { said } = await use('search_page', { query: 'part41' });
    expect(unmarked((await use('read_more')).said.text)).toMatch(/^Here begins part42\./);
    expect(unmarked((await use('read_more', { passages: [said.next] })).said.text)).toContain('part42.');
  });

  it('goes on to the end, once over every word', async () => {
    const { use } = openScene({ page: longPage(30) });
    let text = unmarked((await use('read_page', { max_characters: 3000 })).said.text);
    for (let more = await use('read_more'); !more.fault; more = await use('read_more')) {
      text += unmarked(more.said.text);
    }
    const parts = [...text.matchAll(/part(\d+)/g)].map(([, number]) => Number(number));
    expect(parts).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect((await use('read_more', { passages: ['next'] })).said.problem).toBe('the text ends there');
  });

  it('hands on several passages in the order of the page', async () => {
    const { use } = openScene({ page: longPage(60) });
    const id = async (query: string) => (await use('search_page', { query })).said.passages[0].id;
    const ids = [await id('part50'), await id('part7')];
    const text = unmarked((await use('read_more', { passages: ids })).said.text);
    expect(text.indexOf('part7.')).toBeGreaterThan(-1);
    expect(text.indexOf('part50.')).toBeGreaterThan(text.indexOf('part7.'));
    expect(text).toContain('…');
  });

  it('goes back to a page that was read before the one in view', async () => {
    const { use, scene, room } = openScene({ page: longPage(60) });
    const { said } = await use('search_page', { query: 'part41' });
    scene.place = { ...shop, documentId: 'D2' };
    scene.page = {};
    room.newTurn();
    await use('read_page');
    const more = await use('read_more', { passages: [said.passages[0].id] });
    expect(unmarked(more.said.text)).toContain('Here begins part41.');
    expect(unmarked((await use('read_more')).said.text)).not.toContain('Tea');
  });

  it('forgets the oldest of five pages', async () => {
    const { use, scene, room } = openScene({ page: longPage(3) });
    const { said } = await use('search_page', { query: 'part2' });
    for (const number of [2, 3, 4, 5]) {
      room.newTurn();
      scene.place = { ...shop, documentId: `D${number}` };
      scene.page = {};
      await use('read_page');
    }
    expect((await use('read_more', { passages: [said.passages[0].id] })).fault).toBe('no-such-passage');
  });

  it('says that there is nothing to go on with', async () => {
    const { use, asked } = openScene();
    expect((await use('read_more')).fault).toBe('no-such-passage');
    expect((await use('read_more', { passages: ['zzzzz'] })).fault).toBe('no-such-passage');
    expect(asked).toEqual([]);
  });
});

describe('point_at', () => {
  it('marks the words, keeps them for the row, and needs no answer', async () => {
    const { use, asked } = openScene();
    await use('read_page');
    const outcome = await use('point_at', { quote: 'It is not oxidised.' });
    expect(outcome.said).toEqual({ marked: true, exact: true });
    expect(outcome.quote).toEqual({ text: 'It is not oxidised.', title: tea.title, url: tea.url, place: shop });
    expect(outcome.quiet).toBe(true);
    expect(asked).toEqual(['read', 'point D1 It is not oxidised.']);
  });

  it('says quietly that the words are not there', async () => {
    const { use } = openScene({ pointed: { ok: false, fault: 'not-on-page' } });
    await use('read_page');
    const outcome = await use('point_at', { quote: 'Tea cures everything.' });
    expect(outcome).toMatchObject({ fault: 'not-on-page', quiet: true });
    expect(outcome.quote).toBeUndefined();
  });

  it('points at the page that has the words, though another was read since', async () => {
    const { use, scene, asked, room } = openScene();
    await use('read_page');
    room.newTurn();
    scene.place = { ...shop, documentId: 'D2' };
    scene.page = written([['text', 0, 'Coffee.']]);
    await use('read_page');
    await use('point_at', { quote: '“it is  NOT oxidised”' });
    await use('point_at', { quote: 'Words of no page' });
    expect(asked.slice(2)).toEqual(['point D1 “it is NOT oxidised”', 'point D2 Words of no page']);
  });

  it('reads the page first when nothing was read, and takes off marks that the model copied', async () => {
    const { use, asked } = openScene();
    await use('point_at', { quote: '⟦0abcdef⟧Tea is a drink⟦/0abcdef⟧' });
    expect(asked).toEqual(['read', 'point D1 Tea is a drink']);
  });

  it('comes back to the whole address, without a password', async () => {
    const { use } = openScene({ page: { url: 'https://me:hunter2@example.org/app?page=2#/tea' } });
    expect((await use('point_at', { quote: 'Tea is a drink' })).quote?.url).toBe('https://example.org/app?page=2#/tea');
  });
});
