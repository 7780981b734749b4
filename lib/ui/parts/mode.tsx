/** How the person talks: hands-free, tap or hold. A running call follows. */
import { changeSettings, settings, type Change } from '../settings.ts';
import { useValue } from '../value.ts';
import { callWords } from '../words/words.ts';
import { Segments } from './segments.tsx';

export function ModeChoice({ save = changeSettings }: { save?: (change: Change) => void }) {
  const { modes, howToTalk } = callWords.use();
  const { talkMode } = useValue(settings);
  return <Segments legend={howToTalk} choices={modes} value={talkMode} choose={(mode) => save({ talkMode: mode })} />;
}
