/** The text box. Its words go into the running call, or begin one without a microphone. */
import { createRef } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import { store } from '../store.ts';
import { createValue, useValue } from '../value.ts';
import { sends } from '../view/keys.ts';
import { callWords } from '../words/words.ts';

/** As the `say` intent allows. */
const maxLength = 8000;

/** What is being written stays while past calls are in its place. */
const draft = createValue('');
const box = createRef<HTMLTextAreaElement>();

/** Begins a message that the person ends; what they had written stays behind it. */
export function beginMessage(text: string): void {
  draft.set(`${text} ${draft.get()}`);
  // A new value leaves the cursor at its end.
  box.current?.focus();
}

export function Composer() {
  const words = callWords.use();
  const text = useValue(draft);
  useLayoutEffect(() => box.current?.focus(), []);
  const send = async () => {
    const said = text.trim();
    if (!said) return;
    draft.set('');
    // What could not be sent comes back, unless something else has been written meanwhile.
    if (!(await store.act({ type: 'say', text: said }))) draft.set(draft.get() || said);
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        ref={box}
        rows={1}
        maxLength={maxLength}
        value={text}
        placeholder={words.write}
        aria-label={words.write}
        dir="auto"
        onInput={(event) => draft.set(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (!sends(event)) return;
          event.preventDefault();
          void send();
        }}
      />
      <button type="submit" class="send" title={words.send} aria-label={words.send} aria-disabled={!text.trim()}>
        <Icon name="send" />
      </button>
    </form>
  );
}
