/** What stays in the browser: calls, and the settings themselves; how to take them along and how to be rid of all. */
import type { Settings } from '../../protocol/settings.ts';
import { keepingWords } from '../words/keeping-words.ts';
import { Check } from './choice.tsx';
import { EraseEverything } from './erase.tsx';
import { Section, useSave } from './field.tsx';
import { SettingsFile } from './settings-file.tsx';

/** `replaced`: all settings are others now, so that every field has to begin anew. */
export function KeptSection({ settings, replaced }: { settings: Settings; replaced: () => void }) {
  const words = keepingWords.use();
  const [saved, save] = useSave();
  return (
    <Section title={words.kept} saved={saved}>
      <Check
        label={words.keepCalls}
        help={words.keepCallsHelp}
        checked={settings.keepCalls}
        check={(keepCalls) => save({ keepCalls })}
      />
      <SettingsFile settings={settings} replaced={replaced} />
      <EraseEverything replaced={replaced} />
    </Section>
  );
}
