/** Who answers, and how. */
import { useId, useState } from 'preact/hooks';
import type { Settings } from '../../protocol/settings.ts';
import { checkName } from '../view/relay-address.ts';
import { pageWords } from '../words/page-words.ts';
import { Field, Section, useSave, type Save } from './field.tsx';

const maxInstructions = 2000;

export function AssistantSection({ settings }: { settings: Settings }) {
  const words = pageWords.use().options;
  const [saved, save] = useSave();
  return (
    <Section title={words.assistant} saved={saved}>
      <div class="pair">
        <NameField label={words.model} value={settings.model} onName={(model) => save({ model })} />
        <NameField label={words.voice} value={settings.voice} onName={(voice) => save({ voice })} />
      </div>
      <Instructions value={settings.instructions} save={save} />
    </Section>
  );
}

function NameField({ label, value, onName }: { label: string; value: string; onName: (name: string) => void }) {
  const words = pageWords.use().options;
  const [text, setText] = useState(value);
  const [wrong, setWrong] = useState(false);
  const done = (typed: string) => {
    const name = checkName(typed);
    setWrong(name === null);
    if (name !== null) onName(name);
  };
  return (
    <Field
      label={label}
      value={text}
      placeholder={words.relayChooses}
      problem={wrong ? words.badName : ''}
      onInput={setText}
      onDone={done}
    />
  );
}

function Instructions({ value, save }: { value: string; save: Save }) {
  const { options: words, language } = pageWords.use();
  const [text, setText] = useState(value);
  const id = useId();
  const count = (size: number) => size.toLocaleString(language);
  return (
    <div class="field">
      <label for={id}>{words.instructions}</label>
      <textarea
        id={id}
        rows={4}
        maxLength={maxInstructions}
        value={text}
        dir="auto"
        aria-describedby={`${id}-note`}
        onInput={(event) => setText(event.currentTarget.value)}
        onChange={(event) => save({ instructions: event.currentTarget.value.trim() })}
      />
      <p id={`${id}-note`} class="help split">
        <span>{words.instructionsHelp}</span>
        <span>{words.counter(count(text.length), count(maxInstructions))}</span>
      </p>
    </div>
  );
}
