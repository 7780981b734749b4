/** The words of the options' section on the assistant. */
import type { AssistantWords } from './assistant.ts';
import { createShelf } from './words.ts';

export const assistantWords = createShelf<AssistantWords>({
  en: () => import('./assistant.en.ts'),
  'pt-BR': () => import('./assistant.pt-BR.ts'),
  es: () => import('./assistant.es.ts'),
});
