/** The words behind the cost of a call. Apart from the others, because a page opens without them. */
import type { CostWords } from './cost.ts';
import { createShelf } from './words.ts';

export const costWords = createShelf<CostWords>({
  en: () => import('./cost.en.ts'),
  'pt-BR': () => import('./cost.pt-BR.ts'),
  es: () => import('./cost.es.ts'),
});
