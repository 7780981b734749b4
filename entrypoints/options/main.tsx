import '../../assets/style.css';
import { render } from 'preact';
import { Options } from '../../lib/ui/options/options.tsx';
import { assistantWords } from '../../lib/ui/words/assistant-words.ts';
import { diagnosticsWords } from '../../lib/ui/words/diagnostics-words.ts';
import { keepingWords } from '../../lib/ui/words/keeping-words.ts';
import { pageWords } from '../../lib/ui/words/page-words.ts';
import { callWords, loadWords } from '../../lib/ui/words/words.ts';

await loadWords(callWords, pageWords, keepingWords, assistantWords, diagnosticsWords);
render(<Options />, document.body);
