/** The line to the provider, whether it is prepared, and how quick it is. */
import type { Settings } from '../../protocol/settings.ts';
import { pageWords } from '../words/page-words.ts';
import { Check, Choice } from './choice.tsx';
import { Section, useSave } from './field.tsx';

export function ConnectionSection({ settings }: { settings: Settings }) {
  const words = pageWords.use().options;
  const [saved, save] = useSave();
  return (
    <Section title={words.connection} saved={saved}>
      <Choice
        label={words.transport}
        value={settings.transport}
        choices={words.transports}
        choose={(transport) => save({ transport })}
        help={words.transportHelp}
      />
      <Check
        label={words.warmUp}
        help={words.warmUpHelp}
        checked={settings.warmUp}
        check={(warmUp) => save({ warmUp })}
      />
      <Check
        label={words.showTimes}
        help={words.showTimesHelp}
        checked={settings.showTimes}
        check={(showTimes) => save({ showTimes })}
      />
    </Section>
  );
}
