/** A press that cannot be taken back: it asks once more, in its own place, and the way out has the focus. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { onEscape, useOpener } from './opener.ts';

interface ConfirmProps {
  label: string;
  /** Says what will be gone. */
  question: string;
  yes: string;
  no: string;
  disabled?: boolean;
  onYes: () => void;
}

export function Confirm({ label, question, yes, no, disabled = false, onYes }: ConfirmProps) {
  const [asking, ask] = useState(false);
  const wayOut = useRef<HTMLButtonElement>(null);
  const way = useOpener(asking);
  useLayoutEffect(() => {
    if (asking) wayOut.current?.focus();
  }, [asking]);
  if (!asking)
    return (
      <button ref={way} type="button" aria-disabled={disabled} onClick={() => ask(!disabled)}>
        {label}
      </button>
    );
  return (
    <div class="confirm" role="group" aria-label={question} onKeyDown={onEscape(() => ask(false))}>
      <p>{question}</p>
      <div class="buttons">
        <button
          type="button"
          class="grave"
          onClick={() => {
            ask(false);
            onYes();
          }}
        >
          {yes}
        </button>
        <button ref={wayOut} type="button" onClick={() => ask(false)}>
          {no}
        </button>
      </div>
    </div>
  );
}
