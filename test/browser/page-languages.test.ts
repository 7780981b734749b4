import { readFile } from 'node:fs/promises';
import type { Page } from 'puppeteer';
import { afterEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../lib/protocol/snapshot.ts';
import { type Accent, otherVoices } from '../support/other-voices.ts';
import { openScene, type Said, type Scene } from '../support/scene.ts';
import { linesOf } from './lines.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

interface Asked {
  says?: Said;
  types?: string;
  /** The sentence of the page that answers it. */
  passage: string;
}

const article = (language: string) => readFile(new URL(`./fixtures/article-${language}.html`, import.meta.url), 'utf8');

/** What is marked, as a person sees it: words that are painted, and within what the window shows. */
const marked = (page: Page) =>
  page.evaluate(() =>
    [...(CSS.highlights.get('parley') ?? [])].map((range) => {
      const { top, bottom } = (range as Range).getBoundingClientRect();
      const words = range.toString().replace(/\s+/g, ' ').trim();
      return top >= 0 && bottom <= innerHeight ? words : `out of sight: ${words}`;
    }),
  );

/** A question is asked of the page, answered with what stands there, and the passage is marked while that is said. */
async function ask({ says, types, passage }: Asked, language: 'en' | 'pt-BR' | 'es', title: RegExp): Promise<void> {
  scene = await openScene({
    html: await article(language.slice(0, 2)),
    settings: { language, warmUp: false, autoStart: says !== undefined },
    ...(says ? { says: [says] } : { microphone: 'none' as const }),
  });
  const { extension, page } = scene;
  await extension.clickToolbar(page);
  if (types) await extension.send({ type: 'say', text: types });
  const pointed = await extension.waitForSnapshot(isPointed, 40_000, 'the passage to be shown');

  expect(linesOf(pointed, 'tool').at(-1)).toMatchObject({
    name: 'point_at',
    state: 'done',
    quote: { text: passage, title: expect.stringMatching(title), url: page.url() },
  });
  await expect.poll(() => marked(page)).toEqual([passage]);
  const answered = await extension.waitForSnapshot(
    (snapshot) => linesOf(snapshot, 'assistant').some(({ state }) => state === 'final'),
    20_000,
    'a finished answer',
  );
  expect(linesOf(answered, 'assistant').map(({ text }) => text)).toEqual([expect.stringContaining(passage)]);
}

const isPointed = (snapshot: Snapshot) =>
  linesOf(snapshot, 'tool').some(({ name, state }) => name === 'point_at' && state !== 'running');

describe('a question in English', () => {
  const passage = 'The tower opens at nine in the morning and closes at six in the evening.';
  it('that is spoken', async () => {
    await ask({ says: { text: 'Please tell me when the tower opens in the morning.' }, passage }, 'en', /Skerry Head/);
  });
});

const missing = (await otherVoices()) ? '' : ' (skipped: no voice for it is installed)';
const brazilian: Accent = { voice: 'pt-br+f2', wordsPerMinute: 150 };
const spanish: Accent = { voice: 'es+f2', wordsPerMinute: 150 };

describe('a question in Portuguese', () => {
  it('that is typed', async () => {
    const passage =
      'Hoje funcionam no mercado oitenta e seis bancas, quase todas de famílias que estão ali há três gerações.';
    await ask({ types: 'Quantas bancas funcionam no mercado?', passage }, 'pt-BR', /O mercado que acorda/);
  });

  it.skipIf(missing)(`that is spoken${missing}`, async () => {
    const passage = 'O mercado abre às 6h e fecha às 17h, de terça a sábado.';
    await ask({ says: { text: 'A que horas abre?', accent: brazilian }, passage }, 'pt-BR', /O mercado que acorda/);
  });
});

describe('a question in Spanish', () => {
  it('that is typed', async () => {
    const passage =
      'El viaducto de Peñarrubia fue levantado en 1912 por la ingeniera Teresa Aldana, que lo calculó con quince arcos y ' +
      'lo dejó en catorce para ahorrar piedra.';
    await ask({ types: '¿Quién levantó el viaducto de Peñarrubia?', passage }, 'es', /El tren que sube/);
  });

  it.skipIf(missing)(`that is spoken${missing}`, async () => {
    const passage = 'El billete de ida y vuelta cuesta 24 euros, y los menores de doce años pagan la mitad.';
    await ask({ says: { text: '¿Cuánto cuesta?', accent: spanish }, passage }, 'es', /El tren que sube/);
  });
});
