/** The words of the figures of time. Apart from the others, because few people want them. */
import type { TimesWords } from './times.ts';
import { createShelf } from './words.ts';

export const timesWords = createShelf<TimesWords>({
  en: () => import('./times.en.ts'),
  'pt-BR': () => import('./times.pt-BR.ts'),
  es: () => import('./times.es.ts'),
});
