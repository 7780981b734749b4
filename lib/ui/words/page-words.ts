/** The words of the options and the microphone page. Apart from the others, which popup and panel fetch. */
import type { PageWords } from './pages.ts';
import { createShelf } from './words.ts';

export const pageWords = createShelf<PageWords>({
  en: () => import('./pages.en.ts'),
  'pt-BR': () => import('./pages.pt-BR.ts'),
  es: () => import('./pages.es.ts'),
});
