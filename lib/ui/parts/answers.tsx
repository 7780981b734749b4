/** How the person is answered: by voice, in text, or with the sound off. A running call follows. */
import { isActive } from '../../protocol/snapshot.ts';
import { changeSettings, settings } from '../settings.ts';
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { callWords } from '../words/words.ts';
import { Segments } from './segments.tsx';

export function AnswersChoice() {
  const words = callWords.use();
  const setting = useValue(settings).answers;
  const { phase, microphone, answers } = useValue(store.snapshot);
  const runs = isActive(phase);
  // A call without a microphone has no sound that could be switched.
  return (
    <Segments
      legend={words.howToAnswer}
      choices={words.answers}
      value={runs ? answers : setting}
      choose={(kind) => changeSettings({ answers: kind })}
      icons
      disabled={runs && !microphone}
    />
  );
}
