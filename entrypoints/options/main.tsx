import '../../assets/style.css';
import { render } from 'preact';
import { Options } from '../../lib/ui/options/options.tsx';
import { callWords, loadWords, pageWords } from '../../lib/ui/words/words.ts';

await loadWords(callWords, pageWords);
render(<Options />, document.body);
