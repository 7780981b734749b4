/** The words of the page chip and of what one could begin with. */
import type { ChipWords } from './chip.ts';
import { createShelf } from './words.ts';

export const chipWords = createShelf<ChipWords>({
  en: () => import('./chip.en.ts'),
  'pt-BR': () => import('./chip.pt-BR.ts'),
  es: () => import('./chip.es.ts'),
});
