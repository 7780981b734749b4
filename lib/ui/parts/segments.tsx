/** One of a few, side by side. Radio buttons: arrow keys move, and a screen reader says which of how many. */
import { useId } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';

interface SegmentsProps<T extends string> {
  /** For screen readers. */
  legend: string;
  /** In order, each by its name. */
  choices: Record<T, string>;
  value: T;
  choose: (value: T) => void;
  /** Each choice is the name of its icon, too. */
  icons?: boolean;
  disabled?: boolean;
}

export function Segments<T extends string>({ legend, choices, value, choose, icons, disabled }: SegmentsProps<T>) {
  const name = useId();
  return (
    <fieldset class={`segments ${icons ? 'icons' : ''}`} disabled={disabled}>
      <legend class="visually-hidden">{legend}</legend>
      {(Object.keys(choices) as T[]).map((each) => (
        <label key={each} title={choices[each]}>
          <input type="radio" name={name} checked={each === value} onChange={() => choose(each)} />
          {icons && <Icon name={each as IconName} />}
          <span>{choices[each]}</span>
        </label>
      ))}
    </fieldset>
  );
}
