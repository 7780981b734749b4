/** The words on screen. Each page fetches one language, and asks again when the setting changes. */
import { browser } from 'wxt/browser';
import { followSettings, settings } from '../settings.ts';
import { createValue, useValue, type Value } from '../value.ts';
import type { CallWords } from './call.ts';
import { pickLanguage, type Language } from './language.ts';

type Loader<W> = Record<Language, () => Promise<{ words: W }>>;

const callLoader: Loader<CallWords> = {
  en: () => import('./call.en.ts'),
  'pt-BR': () => import('./call.pt-BR.ts'),
  es: () => import('./call.es.ts'),
};

interface Shelf<W> {
  load(language: Language): Promise<void>;
  /** In a component, after `load`. */
  use(): W;
}

export function createShelf<W>(loader: Loader<W>): Shelf<W> {
  const shown: Value<W | null> = createValue<W | null>(null);
  return {
    async load(language) {
      shown.set((await loader[language]()).words);
    },
    use() {
      const words = useValue(shown);
      if (!words) throw new Error('words used before they were loaded');
      return words;
    },
  };
}

export const callWords = createShelf(callLoader);

/** Loads what a page says, in the person's language, and keeps it so. */
export async function loadWords(...shelves: Shelf<unknown>[]): Promise<void> {
  const load = async (setting: Parameters<typeof pickLanguage>[0]) => {
    const language = pickLanguage(setting, browser.i18n.getUILanguage());
    await Promise.all(shelves.map((shelf) => shelf.load(language)));
    document.documentElement.lang = language;
  };
  await load((await followSettings()).language);
  settings.watch(({ language }) => void load(language));
}
