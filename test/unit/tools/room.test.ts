import { describe, expect, it } from 'vitest';
import type { PageInView } from '../../../lib/protocol/messages.ts';
import { toolFaults } from '../../../lib/protocol/snapshot.ts';
import { sayFailure } from '../../../lib/tools/failure.ts';
import { bytes, crossing, openScene, picture, shop, unmarked, written, type Written } from './parts.ts';

const never = new Promise<never>(() => {});
const otherSite = { ...shop, documentId: 'D2', origin: 'https://bank.example' };

describe('one turn', () => {
  it('reads four times, and again when the person has spoken', async () => {
    const { use, asked, room } = openScene();
    for (const name of ['read_page', 'page_outline', 'read_selection', 'look_at_page']) {
      expect((await use(name)).fault).toBeUndefined();
    }
    for (const name of ['read_page', 'page_outline', 'read_selection', 'look_at_page']) {
      expect((await use(name)).fault).toBe('too-much-read');
    }
    expect(asked).toHaveLength(4);
    room.newTurn();
    expect((await use('read_page')).fault).toBeUndefined();
  });

  it('does not count what was read before: more of it, and pointing', async () => {
    const { use } = openScene();
    for (let count = 0; count < 4; count += 1) await use('page_outline');
    expect((await use('read_more')).fault).toBeUndefined();
    expect((await use('point_at', { quote: 'Tea is a drink' })).fault).toBeUndefined();
  });

  it('hands on 96 KB at most, all tools together', async () => {
    const page = written(
      Array.from({ length: 200 }, (_, index): Written => ['text', 0, `${index} ${'茶'.repeat(290)}`]),
    );
    const { use } = openScene({
      page,
      look: { ...picture, image: `data:image/jpeg;base64,${'A'.repeat(56_000)}` } as never,
    });
    let sum = 0;
    const faults = new Set<string | undefined>();
    for (const name of [
      'read_page',
      'look_at_page',
      'look_at_page',
      ...Array.from({ length: 12 }, () => 'read_more'),
    ]) {
      const { output, image, fault } = await use(name, name === 'read_page' ? { max_characters: 20_000 } : {});
      sum += bytes(output) + (image?.length ?? 0);
      faults.add(fault);
    }
    expect(sum).toBeLessThanOrEqual(96 * 1024);
    expect(sum).toBeGreaterThan(80 * 1024);
    expect(faults).toContain('too-much-read');
  });

  it('ends with the sixteenth call, however many follow', async () => {
    const { use, asked, room } = openScene();
    const outcomes = [];
    for (let count = 0; count < 1000; count += 1) outcomes.push(await use('page_outline'));
    expect(outcomes.filter(({ last }) => last)).toHaveLength(1000 - 16);
    expect(outcomes.slice(4).every(({ fault }) => fault === 'too-much-read')).toBe(true);
    expect(asked).toHaveLength(4);
    room.newTurn();
    expect((await use('read_page')).last).toBeUndefined();
  });

  it('takes a thousand calls at once: one runs, four wait, the rest are refused', async () => {
    const { use, asked } = openScene();
    const outcomes = await Promise.all(Array.from({ length: 1000 }, () => use('read_page')));
    expect(outcomes.filter(({ fault }) => fault === undefined)).toHaveLength(4);
    expect(outcomes.slice(16).every(({ last, fault }) => last && fault === 'too-much-read')).toBe(true);
    expect(asked).toHaveLength(4);
  });

  it('reads one site: where the page has become another one, the person has to ask about that', async () => {
    const { use, scene, room } = openScene();
    await use('read_page');
    scene.place = otherSite;
    scene.page = { title: 'Account', text: 'Balance' };
    for (const name of ['read_page', 'read_selection', 'page_outline']) {
      const { fault, output, source } = await use(name);
      expect(fault).toBe('other-site');
      expect(output).not.toMatch(/Balance|Account|bank\.example/);
      expect(source).toBeUndefined();
    }
    expect((await use('read_more')).said.problem).toBe('the text ends there');
    room.newTurn();
    expect((await use('read_page')).said.origin).toBe('https://bank.example');
  });

  it('has no picture of another site either', async () => {
    const { use, scene } = openScene();
    await use('read_page');
    scene.look = { ...picture, place: otherSite } as typeof picture;
    const outcome = await use('look_at_page');
    expect(outcome.fault).toBe('other-site');
    expect(outcome.image).toBeUndefined();
  });
});

it('runs one tool at a time, in their order', async () => {
  const { use, scene, asked } = openScene();
  const { promise, resolve } = Promise.withResolvers<PageInView>();
  scene.answer = promise;
  const outcomes = [use('read_page'), use('look_at_page'), use('list_tabs')];
  await expect.poll(() => asked).toEqual(['read']);
  resolve({ ok: true, place: shop, returned: crossing() });
  await Promise.all(outcomes);
  expect(asked).toEqual(['read', 'look', 'tabs']);
});

it('lets four wait behind the one that runs, and refuses more at once', async () => {
  const { use, scene, asked } = openScene();
  const { promise, resolve } = Promise.withResolvers<PageInView>();
  scene.answer = promise;
  const outcomes = [use('read_page'), ...Array.from({ length: 4 }, () => use('list_tabs'))];
  expect(await use('list_tabs')).toMatchObject({ fault: 'too-much-read' });
  resolve({ ok: true, place: shop, returned: crossing() });
  for (const { fault } of await Promise.all(outcomes)) expect(fault).toBeUndefined();
  expect(asked).toHaveLength(5);
  expect((await use('list_tabs')).fault).toBeUndefined();
});

describe('a reading that is stopped', () => {
  it('ends at once, and what comes later is not kept', async () => {
    const { use, scene, asked } = openScene();
    const { promise, resolve } = Promise.withResolvers<PageInView>();
    scene.answer = promise;
    const stop = new AbortController();
    const outcome = use('read_page', {}, stop.signal);
    await expect.poll(() => asked).toEqual(['read']);
    stop.abort();
    expect(await outcome).toMatchObject({ fault: 'interrupted', last: true });
    scene.answer = null;
    resolve({ ok: true, place: otherSite, returned: crossing() });
    expect((await use('read_more')).fault).toBe('no-such-passage');
    for (let count = 0; count < 4; count += 1) expect((await use('read_page')).fault).toBeUndefined();
  });

  it('takes those that wait with it, and leaves the next ones alone', async () => {
    const { use, scene, asked } = openScene({ answer: never });
    const stop = new AbortController();
    const outcomes = [use('read_page', {}, stop.signal), use('look_at_page', {}, stop.signal)];
    await expect.poll(() => asked).toEqual(['read']);
    stop.abort();
    for (const outcome of await Promise.all(outcomes))
      expect(outcome).toMatchObject({ fault: 'interrupted', last: true });
    scene.answer = null;
    expect((await use('read_page')).fault).toBeUndefined();
    expect(asked).toEqual(['read', 'read']);
  });

  it('does not let the next one begin beside one that still runs', async () => {
    const { use, scene, asked } = openScene();
    const { promise, resolve } = Promise.withResolvers<PageInView>();
    scene.answer = promise;
    const running = use('read_page');
    const stop = new AbortController();
    const waiting = use('look_at_page', {}, stop.signal);
    stop.abort();
    expect((await waiting).fault).toBe('interrupted');
    const next = use('list_tabs');
    await new Promise((done) => setImmediate(done));
    expect(asked).toEqual(['read']);
    resolve({ ok: true, place: shop, returned: crossing() });
    await Promise.all([running, next]);
    expect(asked).toEqual(['read', 'tabs']);
  });

  it('does not begin when it was stopped before', async () => {
    const { use, asked } = openScene();
    expect(await use('read_page', {}, AbortSignal.abort())).toMatchObject({ fault: 'interrupted', last: true });
    expect(asked).toEqual([]);
  });
});

describe('a coordinator that fails', () => {
  it('is waited for only so long', async () => {
    const { use, scene } = openScene({ answer: never }, 20);
    expect((await use('read_page')).fault).toBe('timed-out');
    scene.answer = null;
    expect((await use('read_page')).fault).toBeUndefined();
  });

  it('is answered with a sentence when it throws, and tells nothing of its insides', async () => {
    const { use } = openScene({ answer: Promise.reject(new Error('secret detail')) });
    const { fault, output } = await use('read_page');
    expect(fault).toBe('failed');
    expect(output).not.toContain('secret');
  });

  it.each(toolFaults)('%s is said in one sentence', async (fault) => {
    const { use, scene } = openScene();
    scene.answer = { ok: false, fault };
    const outcome = await use('read_page');
    expect(outcome.fault).toBe(fault);
    expect(outcome.said).toEqual({ error: fault, say: expect.stringMatching(/^[A-Z].{20,170}\.$/) });
    expect(outcome.source).toBeUndefined();
  });

  it('tells which button would help', async () => {
    const { use, scene } = openScene();
    scene.answer = { ok: false, fault: 'not-granted', grantOrigin: 'https://example.org' };
    expect(await use('search_page', { query: 'tea' })).toMatchObject({ grantOrigin: 'https://example.org' });
    scene.answer = { ok: false, fault: 'ask-first', askOrigin: 'https://bank.example' };
    expect(await use('page_outline')).toMatchObject({ askOrigin: 'https://bank.example' });
  });
});

it('asks for a click where one is needed, and never for a word', () => {
  for (const fault of ['not-granted', 'ask-first', 'tab-not-granted'] as const) {
    expect(sayFailure[fault]).toMatch(/press the (Parley )?button/);
    expect(sayFailure[fault]).not.toMatch(/say|tell|ask|yes|allow me/i);
  }
});

describe('the digest', () => {
  const quiet = () => new AbortController().signal;

  it('is the outline of the page, and costs nothing of the turn', async () => {
    const { room, use, scene } = openScene();
    const outcome = await room.digest(quiet());
    expect(unmarked(JSON.parse(outcome!.output).beginning)).toContain('Tea is a drink');
    expect(outcome!.source?.title).toBe('All about tea');
    scene.place = otherSite;
    for (let count = 0; count < 4; count += 1) expect((await use('read_page')).fault).toBeUndefined();
  });

  it('is kept, so that its words can be pointed at', async () => {
    const { room, use, asked } = openScene();
    await room.digest(quiet());
    await use('point_at', { quote: 'Tea is a drink' });
    expect(asked).toEqual(['read', 'point D1 Tea is a drink']);
  });

  it.each(toolFaults)('says nothing at %s', async (fault) => {
    const { room, scene } = openScene();
    scene.answer = { ok: false, fault };
    expect(await room.digest(quiet())).toBeNull();
    expect(await room.digest(AbortSignal.abort())).toBeNull();
  });
});
