/** What may be read: sites that never are, that ask first, that may be; and the outline at the start of a call. */
import { useId, useState } from 'preact/hooks';
import type { Settings } from '../../protocol/settings.ts';
import { mostSites, readSites, siteLists, type SiteList } from '../view/sites.ts';
import { pageWords } from '../words/page-words.ts';
import { Check } from './choice.tsx';
import { Section, useSave, type Save } from './field.tsx';

export function PagesSection({ settings }: { settings: Settings }) {
  const words = pageWords.use().options;
  const [saved, save] = useSave();
  return (
    <Section title={words.pages} saved={saved}>
      <p class="help">{words.pagesHelp}</p>
      {siteLists.map((list) => (
        <SitesField key={list} list={list} value={settings[list]} save={save} />
      ))}
      <Check
        label={words.pageDigest}
        help={words.pageDigestHelp}
        checked={settings.pageDigest}
        check={(pageDigest) => save({ pageDigest })}
      />
    </Section>
  );
}

function SitesField({ list, value, save }: { list: SiteList; value: string[]; save: Save }) {
  const { options: words, language } = pageWords.use();
  const { label, help } = words.siteLists[list];
  const [text, setText] = useState(value.join('\n'));
  const [problem, setProblem] = useState('');
  const id = useId();
  const done = (typed: string) => {
    const { hosts, wrong, text: mended } = readSites(typed);
    setText(mended);
    const tooMany = hosts.length > mostSites;
    if (!tooMany) save({ [list]: hosts });
    if (tooMany) setProblem(words.tooManySites(mostSites.toLocaleString(language)));
    else setProblem(wrong.length > 0 ? words.notSites(wrong.join(', ')) : '');
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={Math.min(8, Math.max(2, text.split('\n').length))}
        value={text}
        placeholder="example.org"
        spellcheck={false}
        autocomplete="off"
        dir="ltr"
        aria-invalid={Boolean(problem)}
        aria-describedby={`${id}-note ${id}-problem`}
        onInput={(event) => setText(event.currentTarget.value)}
        onChange={(event) => done(event.currentTarget.value)}
      />
      <p id={`${id}-note`} class="help">
        {help}
      </p>
      <p id={`${id}-problem`} class="problem" role="alert">
        {problem}
      </p>
    </div>
  );
}
