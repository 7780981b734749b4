/** Takes a past call up again, by voice or typed. While a call runs it says what to do first. */
import { isActive } from '../../protocol/snapshot.ts';
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { pastWords } from '../words/past-words.ts';

export function GoOn({ id, leave }: { id: string; leave: () => void }) {
  const { goOn, goOnHelp, busy } = pastWords.use();
  const { phase } = useValue(store.snapshot);
  if (isActive(phase)) return <p class="help">{busy}</p>;
  const begin = async (microphone: boolean) => {
    if (await store.act({ type: 'start', microphone, resume: id })) leave();
  };
  return (
    <div class="go-on">
      <div class="buttons">
        <button type="button" class="primary" onClick={() => void begin(true)}>
          {goOn.talk}
        </button>
        <button type="button" onClick={() => void begin(false)}>
          {goOn.write}
        </button>
      </div>
      <p class="help">{goOnHelp}</p>
    </div>
  );
}
