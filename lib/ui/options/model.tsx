/** Which model answers, and what a minute with it costs. */
import { useState } from 'preact/hooks';
import { pricedModels } from '../../protocol/prices.ts';
import { dollars } from '../view/money.ts';
import { usdPerMinute } from '../view/prices.ts';
import { assistantWords } from '../words/assistant-words.ts';
import { pageWords } from '../words/page-words.ts';
import { Choice } from './choice.tsx';
import { NameField } from './name-field.tsx';

interface ModelFieldProps {
  value: string;
  choose: (model: string) => void;
}

/** No model is called so. */
const another = ' ';

export function ModelField({ value, choose }: ModelFieldProps) {
  const { model: label } = pageWords.use().options;
  const words = assistantWords.use();
  const listed = pricedModels();
  const [typing, setTyping] = useState(value !== '' && !listed.includes(value));
  const priced = listed.map((model) => [model, words.priced(model, dollars(usdPerMinute(model) ?? 0, words.language))]);
  const choices: Record<string, string> = {
    '': words.preferred,
    ...Object.fromEntries(priced),
    [another]: words.other,
  };
  const pick = (chosen: string) => {
    setTyping(chosen === another);
    if (chosen !== another) choose(chosen);
  };
  return (
    <div class="field">
      <Choice
        label={label}
        value={typing ? another : value}
        choices={choices}
        choose={pick}
        help={costOf(value, words)}
      />
      {typing && <NameField label={words.otherName} value={listed.includes(value) ? '' : value} onName={choose} />}
    </div>
  );
}

function costOf(model: string, words: ReturnType<typeof assistantWords.use>): string {
  if (model === '') return words.preferredPrice;
  const usd = usdPerMinute(model);
  return usd === null ? words.unpriced : words.perMinute(dollars(usd, words.language));
}
