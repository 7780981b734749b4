import '../../assets/style.css';
import { render } from 'preact';
import { openPopup, Popup } from '../../lib/ui/popup/popup.tsx';
import { callWords, loadWords } from '../../lib/ui/words/words.ts';

void openPopup();
await loadWords(callWords);
render(<Popup />, document.body);
