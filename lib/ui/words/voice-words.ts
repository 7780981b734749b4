/** The words of the sample of a voice. */
import type { VoiceWords } from './voice.ts';
import { createShelf } from './words.ts';

export const voiceWords = createShelf<VoiceWords>({
  en: () => import('./voice.en.ts'),
  'pt-BR': () => import('./voice.pt-BR.ts'),
  es: () => import('./voice.es.ts'),
});
