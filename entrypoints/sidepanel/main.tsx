import '../../assets/style.css';
import { render } from 'preact';
import { openPanel, Panel } from '../../lib/ui/panel/panel.tsx';
import { callWords, loadWords } from '../../lib/ui/words/words.ts';

void openPanel();
await loadWords(callWords);
render(<Panel />, document.body);
