/** Shared parts of the options: a choice among few, and a yes or no. */
import { useId } from 'preact/hooks';

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  /** What can be chosen, and what it is called. */
  choices: Record<T, string>;
  choose(value: T): void;
  help?: string;
}

export function Choice<T extends string>({ label, value, choices, choose, help }: ChoiceProps<T>) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-describedby={help && `${id}-help`}
        onChange={(event) => choose(event.currentTarget.value as T)}
      >
        {Object.entries(choices).map(([each, name]) => (
          <option key={each} value={each}>
            {name as string}
          </option>
        ))}
      </select>
      {help && (
        <p id={`${id}-help`} class="help">
          {help}
        </p>
      )}
    </div>
  );
}

interface CheckProps {
  label: string;
  help?: string;
  checked: boolean;
  check(checked: boolean): void;
}

export function Check({ label, help, checked, check }: CheckProps) {
  const id = useId();
  return (
    <div class="check">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        aria-describedby={help && `${id}-help`}
        onChange={(event) => check(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {help && (
        <p id={`${id}-help`} class="help">
          {help}
        </p>
      )}
    </div>
  );
}
