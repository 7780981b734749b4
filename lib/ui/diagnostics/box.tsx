/** What Parley can tell of itself: shown first, so that a person sees what they copy. */
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useCopied } from '../parts/copied.ts';
import { diagnostics } from './collect.ts';
import { diagnosticsWords } from '../words/diagnostics-words.ts';

export function DiagnosticsBox() {
  const words = diagnosticsWords.use();
  const [text, setText] = useState<string | null>(null);
  const [copied, copy] = useCopied();
  const id = useId();
  const box = useRef<HTMLTextAreaElement>(null);
  // The button that had the focus is gone; a text that is read begins at its beginning.
  useLayoutEffect(() => {
    box.current?.setSelectionRange(0, 0);
    box.current?.focus();
  }, [text]);
  if (text === null)
    return (
      <div class="diagnostics">
        <button type="button" onClick={() => void diagnostics().then(setText)}>
          {words.show}
        </button>
      </div>
    );
  return (
    <div class="diagnostics">
      <label for={id}>{words.label}</label>
      <textarea ref={box} id={id} rows={8} readOnly spellcheck={false} dir="ltr" lang="en" value={text} />
      <div class="line">
        <button type="button" onClick={() => copy(() => Promise.resolve(text))}>
          {words.copy}
        </button>
        <span role="status" class="saved">
          {copied && words.copied}
        </span>
      </div>
    </div>
  );
}
