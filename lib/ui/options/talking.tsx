/** How the person and the assistant take turns. */
import { useEffect, useId, useState } from 'preact/hooks';
import { patienceSteps, type Patience, type Settings } from '../../protocol/settings.ts';
import { ModeChoice } from '../parts/mode.tsx';
import { waitSeconds } from '../view/figures.ts';
import { pageWords } from '../words/page-words.ts';
import { callWords } from '../words/words.ts';
import { Check, Choice } from './choice.tsx';
import { Section, useSave, type Save } from './field.tsx';
import { FiguresFold } from './figures.tsx';

export function TalkingSection({ settings }: { settings: Settings }) {
  const words = pageWords.use().options;
  const { modes, answers } = callWords.use();
  const [saved, save] = useSave();
  return (
    <Section title={words.talking} saved={saved}>
      <div class="field">
        <ModeChoice save={save} />
        <p class="help">{words.modeHelp[settings.talkMode]}</p>
      </div>
      <div class="field">
        <Choice
          label={words.answers}
          value={settings.answers}
          choices={answers}
          choose={(kind) => save({ answers: kind })}
        />
        <p class="help">{words.answersHelp[settings.answers]}</p>
      </div>
      <fieldset class="group apart">
        <legend>{modes['hands-free']}</legend>
        <PatienceField settings={settings} save={save} />
        <Choice
          label={words.turnEnd}
          value={settings.turnEnd}
          choices={words.turnEnds}
          choose={(turnEnd) => save({ turnEnd })}
        />
        <Check
          label={words.noisyRoom}
          help={words.noisyRoomHelp}
          checked={settings.noisyRoom}
          check={(noisyRoom) => save({ noisyRoom })}
        />
        <FiguresFold settings={settings} save={save} />
      </fieldset>
    </Section>
  );
}

function PatienceField({ settings, save }: { settings: Settings; save: Save }) {
  const { options: words, language } = pageWords.use();
  const id = useId();
  const [step, setStep] = useState<Patience>(settings.patience);
  useEffect(() => setStep(settings.patience), [settings.patience]);
  const names = words.patienceSteps;
  const means = words.patienceMeans[settings.turnEnd];
  // While it is dragged the words follow; it is saved when it is let go.
  const seconds = waitSeconds({ ...settings, patience: step });
  return (
    <div class="field">
      <div class="split">
        <label for={id}>{words.patience}</label>
        <span>{names[step]}</span>
      </div>
      <input
        id={id}
        type="range"
        min={0}
        max={patienceSteps.length - 1}
        step={1}
        value={step}
        aria-valuetext={names[step]}
        aria-describedby={`${id}-means`}
        onInput={(event) => setStep(Number(event.currentTarget.value) as Patience)}
        onChange={(event) => save({ patience: Number(event.currentTarget.value) as Patience })}
      />
      <p class="help split" aria-hidden="true">
        <span>{names[0]}</span>
        <span>{names[4]}</span>
      </p>
      <p id={`${id}-means`}>{means(seconds.toLocaleString(language))}</p>
    </div>
  );
}
