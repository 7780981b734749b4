import '../../assets/style.css';
import { render } from 'preact';
import { Panel } from '../../lib/ui/panel/panel.tsx';
import { store } from '../../lib/ui/store.ts';
import { callWords, loadWords } from '../../lib/ui/words/words.ts';

void store.connect();
await loadWords(callWords);
render(<Panel />, document.body);
