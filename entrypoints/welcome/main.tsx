import '../../assets/style.css';
import { show } from '../../lib/ui/show.tsx';
import { openKnown } from '../../lib/ui/welcome/known.ts';
import { Welcome } from '../../lib/ui/welcome/welcome.tsx';
import { welcomeWords } from '../../lib/ui/welcome/words.ts';
import { pageWords } from '../../lib/ui/words/page-words.ts';
import { callWords, loadWords } from '../../lib/ui/words/words.ts';

const [opening] = await Promise.all([openKnown(), loadWords(callWords, pageWords, welcomeWords)]);
show(<Welcome opening={opening} />);
