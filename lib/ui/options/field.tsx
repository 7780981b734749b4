/** Shared parts of the options: a section that says "Saved", and a field that says what is wrong. */
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useId, useState } from 'preact/hooks';
import { writeSettings } from '../../storage/settings.ts';
import type { Change } from '../settings.ts';
import { pageWords } from '../words/page-words.ts';

const savedShownMs = 2000;

export type Save = (change: Change) => void;

/** Writes at once; `saved` is true for a moment afterwards. */
export function useSave(): [saved: boolean, save: Save] {
  const [count, setCount] = useState(0);
  const [saved, setSaved] = useState(false);
  useEffect(() => {
    if (count === 0) return;
    setSaved(true);
    const timer = setTimeout(() => setSaved(false), savedShownMs);
    return () => clearTimeout(timer);
  }, [count]);
  const save = useCallback<Save>((change) => {
    void writeSettings(change).then(() => setCount((now) => now + 1));
  }, []);
  return [saved, save];
}

export function Section({
  title,
  saved = false,
  children,
}: {
  title: string;
  saved?: boolean;
  children: ComponentChildren;
}) {
  const words = pageWords.use().options;
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <div class="section-head">
        <h2 id={id}>{title}</h2>
        <span class="saved" role="status">
          {saved ? words.saved : ''}
        </span>
      </div>
      {children}
    </section>
  );
}

interface FieldProps {
  label: string;
  value: string;
  /** Every key. */
  onInput: (value: string) => void;
  /** Enter, or another field. */
  onDone: (value: string) => void;
  type?: 'text' | 'url' | 'password';
  placeholder?: string;
  help?: string;
  problem?: string;
  /** Offered while typing. */
  suggestions?: readonly string[];
  children?: ComponentChildren;
}

export function Field({
  label,
  value,
  onInput,
  onDone,
  type = 'text',
  placeholder = '',
  help,
  problem,
  suggestions = [],
  children,
}: FieldProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-row">
        <input
          id={id}
          // The types know one shape for each kind of input; these three share one.
          type={type as 'text'}
          value={value}
          placeholder={placeholder}
          list={suggestions.length > 0 ? `${id}-list` : undefined}
          spellcheck={false}
          autocomplete="off"
          aria-invalid={Boolean(problem)}
          aria-describedby={`${id}-note`}
          onInput={(event) => onInput(event.currentTarget.value)}
          onChange={(event) => onDone(event.currentTarget.value)}
        />
        {suggestions.length > 0 && (
          <datalist id={`${id}-list`}>
            {suggestions.map((each) => (
              <option key={each} value={each} />
            ))}
          </datalist>
        )}
        {children}
      </div>
      <p id={`${id}-note`} class={problem ? 'problem' : 'help'} role={problem ? 'alert' : undefined}>
        {problem || help}
      </p>
    </div>
  );
}
