/** The name of a model or a voice, as a relay takes it. */
import { useState } from 'preact/hooks';
import { checkName } from '../view/relay-address.ts';
import { pageWords } from '../words/page-words.ts';
import { Field } from './field.tsx';

interface NameFieldProps {
  label: string;
  value: string;
  onName: (name: string) => void;
  placeholder?: string;
  help?: string;
  suggestions?: readonly string[];
}

export function NameField({ label, value, onName, placeholder = '', help = '', suggestions = [] }: NameFieldProps) {
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
      placeholder={placeholder}
      help={help}
      suggestions={suggestions}
      problem={wrong ? words.badName : ''}
      onInput={setText}
      onDone={done}
    />
  );
}
