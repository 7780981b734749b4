import '../../assets/style.css';
import { openPanel, Panel } from '../../lib/ui/panel/panel.tsx';
import { show } from '../../lib/ui/show.tsx';
import { callWords, loadWords } from '../../lib/ui/words/words.ts';

void openPanel();
await loadWords(callWords);
show(<Panel />);
