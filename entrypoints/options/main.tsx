import '../../assets/style.css';
import { Options } from '../../lib/ui/options/options.tsx';
import { show } from '../../lib/ui/show.tsx';
import { store } from '../../lib/ui/store.ts';
import { assistantWords } from '../../lib/ui/words/assistant-words.ts';
import { diagnosticsWords } from '../../lib/ui/words/diagnostics-words.ts';
import { keepingWords } from '../../lib/ui/words/keeping-words.ts';
import { pageWords } from '../../lib/ui/words/page-words.ts';
import { callWords, loadWords } from '../../lib/ui/words/words.ts';

void store.connect();
await loadWords(callWords, pageWords, keepingWords, assistantWords, diagnosticsWords);
show(<Options />);
