/** The same with its words: fetched by `parts/later` when somebody opens the details of a fault. */
import { diagnosticsWords } from '../words/diagnostics-words.ts';
import { loadWords } from '../words/words.ts';

export { DiagnosticsBox } from './box.tsx';

await loadWords(diagnosticsWords);
