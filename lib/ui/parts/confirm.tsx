/** A press that cannot be taken back: it asks once more, in its own place, and the way out has the focus. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

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
  const way = useRef<HTMLButtonElement>(null);
  const asked = useRef(false);
  useLayoutEffect(() => {
    if (asking) wayOut.current?.focus();
    else if (asked.current) way.current?.focus();
    asked.current = asking;
  }, [asking]);
  if (!asking)
    return (
      <button ref={way} type="button" disabled={disabled} onClick={() => ask(true)}>
        {label}
      </button>
    );
  return (
    <div class="confirm" role="group" aria-label={question} onKeyDown={({ key }) => key === 'Escape' && ask(false)}>
      <p role="alert">{question}</p>
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
