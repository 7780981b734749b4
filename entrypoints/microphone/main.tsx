import '../../assets/style.css';
import { render } from 'preact';
import { MicrophonePage } from '../../lib/ui/microphone/microphone.tsx';
import { startMicrophoneSession } from '../../lib/ui/microphone/session.ts';
import { pageWords } from '../../lib/ui/words/page-words.ts';
import { loadWords } from '../../lib/ui/words/words.ts';

const forCall = new URLSearchParams(location.search).get('why') === 'call';
await loadWords(pageWords);
render(<MicrophonePage session={startMicrophoneSession(forCall)} forCall={forCall} />, document.body);
