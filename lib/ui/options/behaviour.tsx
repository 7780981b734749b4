/** Language, colours, automatic start, the mark on the page, the screen-reader mode. */
import type { Settings } from '../../protocol/settings.ts';
import { pageWords } from '../words/page-words.ts';
import { Check, Choice } from './choice.tsx';
import { Section, useSave } from './field.tsx';

export function BehaviourSection({ settings }: { settings: Settings }) {
  const words = pageWords.use().options;
  const [saved, save] = useSave();
  return (
    <Section title={words.behaviour} saved={saved}>
      <Choice
        label={words.language}
        value={settings.language}
        choices={words.languages}
        choose={(language) => save({ language })}
        help={words.languageHelp}
      />
      <Choice label={words.theme} value={settings.theme} choices={words.themes} choose={(theme) => save({ theme })} />
      <Check
        label={words.autoStart}
        help={words.autoStartHelp}
        checked={settings.autoStart}
        check={(autoStart) => save({ autoStart })}
      />
      <Check label={words.pill} help={words.pillHelp} checked={settings.pill} check={(pill) => save({ pill })} />
      {settings.pill && (
        <Check
          label={words.pillCaptions}
          help={words.pillCaptionsHelp}
          checked={settings.pillCaptions}
          check={(pillCaptions) => save({ pillCaptions })}
        />
      )}
      <Check
        label={words.screenReader}
        help={words.screenReaderHelp}
        checked={settings.screenReader}
        // A microphone that is always open would hear the screen reader.
        check={(screenReader) => save(screenReader ? { screenReader, talkMode: 'hold' } : { screenReader })}
      />
    </Section>
  );
}
