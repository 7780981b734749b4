import '../../assets/style.css';
import { openPopup, Popup } from '../../lib/ui/popup/popup.tsx';
import { show } from '../../lib/ui/show.tsx';
import { callWords, loadWords } from '../../lib/ui/words/words.ts';

void openPopup();
await loadWords(callWords);
show(<Popup />);
