/** The words of tool rows. Apart from the others, because a page opens without them. */
import type { ToolWords } from './tools.ts';
import { createShelf } from './words.ts';

export const toolWords = createShelf<ToolWords>({
  en: () => import('./tools.en.ts'),
  'pt-BR': () => import('./tools.pt-BR.ts'),
  es: () => import('./tools.es.ts'),
});
