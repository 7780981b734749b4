/** How the person talks and is answered, and folded away beside it, into what and out of what. */
import { useId } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import { AnswersChoice } from '../parts/answers.tsx';
import { useDevices } from '../parts/later.ts';
import { ModeChoice } from '../parts/mode.tsx';
import { callWords } from '../words/words.ts';

export function Sound({ unfolded, unfold }: { unfolded: boolean; unfold: (unfolded: boolean) => void }) {
  const { title } = callWords.use().devices;
  const devices = useDevices(unfolded);
  const id = useId();
  return (
    <div class="sound">
      <div class="line">
        <ModeChoice />
        <AnswersChoice />
        <button
          type="button"
          class="link"
          title={title}
          aria-label={title}
          aria-expanded={unfolded}
          aria-controls={id}
          onClick={() => unfold(!unfolded)}
        >
          <Icon name="options" />
        </button>
      </div>
      <div id={id} hidden={!unfolded}>
        {unfolded && devices && <devices.Unfolded />}
      </div>
    </div>
  );
}
