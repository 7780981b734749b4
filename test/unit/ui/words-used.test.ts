import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const wordsIn = 'lib/ui/words';
const shelves = readdirSync(join(root, wordsIn)).flatMap((name) => /^(.+)\.en\.ts$/.exec(name)?.[1] ?? []);

/** The shape of a shelf, and its languages: what is named there alone is used nowhere. */
const isWords = (path: string) =>
  shelves.some((shelf) => new RegExp(`/${shelf}(\\.(en|es|pt-BR))?\\.ts$`).test(path)) && path.startsWith(wordsIn);

const sources = ['lib', 'entrypoints']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((path) => join(folder, String(path))))
  .filter((path) => /\.tsx?$/.test(path) && !isWords(path))
  .map(read)
  .join('\n');
const names = new Set(sources.match(/[\w$-]+/g));

function keysOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.keys(value).concat(Object.values(value).flatMap(keysOf));
}

describe.each(shelves)('the words of %s', (shelf) => {
  it('are all used', async () => {
    const { words } = (await import(/* @vite-ignore */ join(root, wordsIn, `${shelf}.en.ts`))) as { words: object };
    expect([...new Set(keysOf(words))].filter((key) => !names.has(key))).toEqual([]);
  });
});

describe('the words that the browser shows', () => {
  const locales = readdirSync(join(root, 'assets/public/_locales'));
  const messagesOf = (locale: string) =>
    Object.keys(JSON.parse(read(`assets/public/_locales/${locale}/messages.json`)) as object).toSorted();

  it('are there in every language', () => {
    expect(locales.toSorted()).toEqual(['en', 'es', 'pt_BR']);
    for (const locale of locales) expect(messagesOf(locale), locale).toEqual(messagesOf('en'));
  });

  it('are all used, and none is missing', () => {
    const asked = [...read('wxt.config.ts').matchAll(/__MSG_(\w+)__/g)].map(([, key]) => key);
    expect([...new Set(asked)].toSorted()).toEqual(messagesOf('en'));
  });
});
