/** How the person talks: hands-free, tap or hold. A running call follows. */
import { useId } from 'preact/hooks';
import { talkModes } from '../../protocol/settings.ts';
import { changeSettings, settings, type Change } from '../settings.ts';
import { useValue } from '../value.ts';
import { callWords } from '../words/words.ts';

export function ModeChoice({ save = changeSettings }: { save?: (change: Change) => void }) {
  const { modes, howToTalk } = callWords.use();
  const { talkMode } = useValue(settings);
  const name = useId();
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">{howToTalk}</legend>
      {talkModes.map((mode) => (
        <label key={mode}>
          <input type="radio" name={name} checked={mode === talkMode} onChange={() => save({ talkMode: mode })} />
          {modes[mode]}
        </label>
      ))}
    </fieldset>
  );
}
