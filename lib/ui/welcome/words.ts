/** The words of the welcome page, which no other page fetches. */
import type { WelcomeWords } from '../words/welcome.ts';
import { createShelf } from '../words/words.ts';

export const welcomeWords = createShelf<WelcomeWords>({
  en: () => import('../words/welcome.en.ts'),
  'pt-BR': () => import('../words/welcome.pt-BR.ts'),
  es: () => import('../words/welcome.es.ts'),
});
