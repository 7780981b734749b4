/** The options page. Everything is saved as it is changed. */
import { Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import { SilentNotice } from '../parts/notice.tsx';
import { settings } from '../settings.ts';
import { useValue } from '../value.ts';
import { pageWords } from '../words/page-words.ts';
import { AssistantSection } from './assistant.tsx';
import { BehaviourSection } from './behaviour.tsx';
import { ConnectionSection } from './connection.tsx';
import { Contents } from './contents.tsx';
import { DiagnosticsSection } from './diagnostics.tsx';
import { Section } from './field.tsx';
import { KeptSection } from './kept.tsx';
import { MoneySection } from './money.tsx';
import { PagesSection } from './pages.tsx';
import { RelaySection } from './relay.tsx';
import { SearchField } from './search-field.tsx';
import { ShortcutSection } from './shortcuts.tsx';
import { SoundSection } from './sound.tsx';
import { TalkingSection } from './talking.tsx';
import { useFound } from './use-found.ts';

export function Options() {
  const words = pageWords.use().options;
  const now = useValue(settings);
  // Fields hold what is being typed: when all settings are replaced, they begin anew.
  const [round, setRound] = useState(0);
  const [query, setQuery] = useState('');
  const main = useRef<HTMLElement>(null);
  const { sections, count } = useFound(main, query);
  useEffect(() => {
    document.title = words.title;
  }, [words]);
  return (
    <>
      <Contents sections={sections} />
      <main class="sheet" ref={main}>
        <header>
          <Icon name="mark" />
          <h1>{words.title}</h1>
        </header>
        <SilentNotice />
        <SearchField query={query} count={count} search={setQuery} />
        <Fragment key={round}>
          <RelaySection settings={now} />
          <AssistantSection settings={now} />
          <TalkingSection settings={now} />
          <SoundSection settings={now} />
          <PagesSection settings={now} />
          <MoneySection settings={now} />
          <ConnectionSection settings={now} />
          <BehaviourSection settings={now} />
          <ShortcutSection />
        </Fragment>
        <KeptSection settings={now} replaced={() => setRound(round + 1)} />
        <Section title={words.privacy}>
          <p class="prose">{words.privacyText}</p>
        </Section>
        <DiagnosticsSection />
      </main>
    </>
  );
}
