/** The words of the options' sections on money and on what is kept. */
import type { KeepingWords } from './keeping.ts';
import { createShelf } from './words.ts';

export const keepingWords = createShelf<KeepingWords>({
  en: () => import('./keeping.en.ts'),
  'pt-BR': () => import('./keeping.pt-BR.ts'),
  es: () => import('./keeping.es.ts'),
});
