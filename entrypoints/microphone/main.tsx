import '../../assets/style.css';
import { MicrophonePage } from '../../lib/ui/microphone/microphone.tsx';
import { startMicrophoneSession } from '../../lib/ui/microphone/session.ts';
import { show } from '../../lib/ui/show.tsx';
import { store } from '../../lib/ui/store.ts';
import { pageWords } from '../../lib/ui/words/page-words.ts';
import { callWords, loadWords } from '../../lib/ui/words/words.ts';

const forCall = new URLSearchParams(location.search).get('why') === 'call';
void store.connect();
await loadWords(callWords, pageWords);
show(<MicrophonePage session={startMicrophoneSession(forCall)} forCall={forCall} />);
