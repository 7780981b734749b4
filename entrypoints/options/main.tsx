import '../../assets/style.css';
import { render } from 'preact';
import { Options } from '../../lib/ui/options/options.tsx';
import { pageWords } from '../../lib/ui/words/page-words.ts';
import { callWords, loadWords } from '../../lib/ui/words/words.ts';

await loadWords(callWords, pageWords);
render(<Options />, document.body);
