/** The words of the diagnostics. Apart from the others, because a page opens without them. */
import type { DiagnosticsWords } from './diagnostics.ts';
import { createShelf } from './words.ts';

export const diagnosticsWords = createShelf<DiagnosticsWords>({
  en: () => import('./diagnostics.en.ts'),
  'pt-BR': () => import('./diagnostics.pt-BR.ts'),
  es: () => import('./diagnostics.es.ts'),
});
