/** What the person tells the assistant: how to answer, who they are, what they ask for; and what is sent of it. */
import { useId, useState } from 'preact/hooks';
import { instructionsOf } from '../../protocol/instructions.ts';
import { longestInstructions, longestNotes, styles, type Settings, type Style } from '../../protocol/settings.ts';
import { assistantWords } from '../words/assistant-words.ts';
import { pageWords } from '../words/page-words.ts';
import { Choice } from './choice.tsx';
import type { Save } from './field.tsx';

export function OwnWords({ settings, save }: { settings: Settings; save: Save }) {
  const { options } = pageWords.use();
  const words = assistantWords.use();
  const names = Object.fromEntries(styles.map((style) => [style, words.styles[style].name])) as Record<Style, string>;
  const { text, cut } = instructionsOf(settings);
  return (
    <>
      <Choice
        label={words.style}
        value={settings.style}
        choices={names}
        choose={(style) => save({ style })}
        help={words.styles[settings.style].help}
      />
      <LongText
        label={words.notes}
        help={words.notesHelp}
        value={settings.notes}
        most={longestNotes}
        onText={(notes) => save({ notes })}
      />
      <LongText
        label={options.instructions}
        help={options.instructionsHelp}
        value={settings.instructions}
        most={longestInstructions}
        onText={(instructions) => save({ instructions })}
      />
      <p class="problem" role="alert">
        {cut && words.tooLong}
      </p>
      <details class="fold">
        <summary>{words.told}</summary>
        <p class="help">{text ? words.toldHelp : words.toldNothing}</p>
        {text && (
          <p class="told" lang="en" dir="auto">
            {text}
          </p>
        )}
      </details>
    </>
  );
}

interface LongTextProps {
  label: string;
  help: string;
  value: string;
  /** Characters. */
  most: number;
  onText: (text: string) => void;
}

function LongText({ label, help, value, most, onText }: LongTextProps) {
  const { options: words, language } = pageWords.use();
  const [text, setText] = useState(value);
  const id = useId();
  const count = (size: number) => size.toLocaleString(language);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={4}
        maxLength={most}
        value={text}
        dir="auto"
        aria-describedby={`${id}-note`}
        onInput={(event) => setText(event.currentTarget.value)}
        onChange={(event) => onText(event.currentTarget.value.trim())}
      />
      <p id={`${id}-note`} class="help split">
        <span>{help}</span>
        <span>{words.counter(count(text.length), count(most))}</span>
      </p>
    </div>
  );
}
