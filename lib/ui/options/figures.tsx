/** The provider's own figures, for those who want them. What is left empty is as the patience says. */
import { useState } from 'preact/hooks';
import { eagernesses, type Eagerness, type Settings } from '../../protocol/settings.ts';
import { figureOf, figureRanges, figuresOfPatience, readFigure, type FigureField } from '../view/figures.ts';
import { pageWords } from '../words/page-words.ts';
import { Choice } from './choice.tsx';
import { Field, type Save } from './field.tsx';

interface FiguresProps {
  settings: Settings;
  save: Save;
}

export function FiguresFold({ settings, save }: FiguresProps) {
  const words = pageWords.use().options;
  const hasOwn = [settings.vadThreshold, settings.vadSilenceMs, settings.vadPrefixMs, settings.vadEagerness].some(
    (figure) => figure !== null,
  );
  return (
    <details class="fold" open={hasOwn}>
      <summary>{words.figures}</summary>
      <p class="help">{words.figuresHelp}</p>
      <div class="pair">
        {(Object.keys(figureRanges) as FigureField[]).map((field) => (
          <NumberField key={field} field={field} settings={settings} save={save} />
        ))}
        <EagernessField settings={settings} save={save} />
      </div>
    </details>
  );
}

function NumberField({ field, settings, save }: FiguresProps & { field: FigureField }) {
  const { options: words, language } = pageWords.use();
  const [text, setText] = useState(settings[field]?.toLocaleString(language, { useGrouping: false }) ?? '');
  const [wrong, setWrong] = useState(false);
  const [least, most] = figureRanges[field];
  const done = (typed: string) => {
    const value = readFigure(field, typed);
    setWrong(value === undefined);
    if (value !== undefined) save({ [field]: value });
  };
  return (
    <Field
      label={words.figureNames[field]}
      value={text}
      placeholder={figureOf(figuresOfPatience(settings), field).toLocaleString(language, { useGrouping: false })}
      problem={wrong ? words.badFigure(String(least), most.toLocaleString(language)) : ''}
      onInput={setText}
      onDone={done}
    />
  );
}

function EagernessField({ settings, save }: FiguresProps) {
  const words = pageWords.use().options;
  const byPatience = words.eagernesses[figuresOfPatience(settings).eagerness];
  const choices: Record<string, string> = { '': words.asPatience(byPatience), ...words.eagernesses };
  return (
    <Choice
      label={words.figureNames.vadEagerness}
      value={settings.vadEagerness ?? ''}
      choices={choices}
      choose={(value) => save({ vadEagerness: eagernesses.includes(value as Eagerness) ? (value as Eagerness) : null })}
    />
  );
}
