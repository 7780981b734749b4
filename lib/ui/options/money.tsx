/** When a call ends by itself: by the person's limits of money, or because nobody is there. */
import { useEffect, useState } from 'preact/hooks';
import { isSetting, type Settings } from '../../protocol/settings.ts';
import { readSpend, spentAt, type Spent } from '../../storage/spend.ts';
import { idleChoices, idleOf } from '../view/idle.ts';
import { dollars, readLimit } from '../view/money.ts';
import { keepingWords } from '../words/keeping-words.ts';
import { Choice } from './choice.tsx';
import { Field, Section, useSave, type Save } from './field.tsx';

const mostUsd = 10_000;

interface Props {
  settings: Settings;
  save: Save;
}

export function MoneySection({ settings }: Pick<Props, 'settings'>) {
  const words = keepingWords.use();
  const [saved, save] = useSave();
  return (
    <Section title={words.money} saved={saved}>
      <p class="help">{words.moneyHelp}</p>
      <SpentSoFar />
      <div class="field">
        <div class="pair">
          <CapField cap="callCapUsd" settings={settings} save={save} />
          <CapField cap="dayCapUsd" settings={settings} save={save} />
        </div>
        <p class="help">{words.capsHelp}</p>
      </div>
      <IdleField settings={settings} save={save} />
    </Section>
  );
}

/** As it is when the person looks. */
function SpentSoFar() {
  const words = keepingWords.use();
  const [spent, setSpent] = useState<Spent | null>(null);
  useEffect(() => {
    const read = () => void readSpend().then((book) => setSpent(spentAt(book, Date.now())));
    read();
    window.addEventListener('focus', read);
    return () => window.removeEventListener('focus', read);
  }, []);
  if (!spent) return null;
  return <p>{words.spent(dollars(spent.today, words.language), dollars(spent.month, words.language))}</p>;
}

function CapField({ cap, settings, save }: Props & { cap: 'callCapUsd' | 'dayCapUsd' }) {
  const words = keepingWords.use();
  const [text, setText] = useState(settings[cap]?.toLocaleString(words.language, { useGrouping: false }) ?? '');
  const [wrong, setWrong] = useState(false);
  const done = (typed: string) => {
    const limit = readLimit(typed);
    const fits = limit !== undefined && isSetting(cap, limit);
    setWrong(!fits);
    if (fits) save({ [cap]: limit });
  };
  return (
    <Field
      label={words.caps[cap]}
      value={text}
      placeholder={words.noLimit}
      problem={wrong ? words.badLimit(mostUsd.toLocaleString(words.language)) : ''}
      onInput={setText}
      onDone={done}
    />
  );
}

function IdleField({ settings, save }: Props) {
  const words = keepingWords.use();
  const choices = idleChoices(settings.idleAfterMs, words);
  return (
    <Choice
      label={words.idle}
      value={String(settings.idleAfterMs)}
      choices={choices}
      choose={(value) => save({ idleAfterMs: idleOf(value) })}
      help={words.idleHelp}
    />
  );
}
