/** The words of past calls. Apart from the others, because the panel opens without them. */
import type { PastWords } from './past.ts';
import { createShelf } from './words.ts';

export const pastWords = createShelf<PastWords>({
  en: () => import('./past.en.ts'),
  'pt-BR': () => import('./past.pt-BR.ts'),
  es: () => import('./past.es.ts'),
});
