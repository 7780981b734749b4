/** The options page. Everything is saved as it is changed. */
import { Fragment } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import { settings } from '../settings.ts';
import { useValue } from '../value.ts';
import { pageWords } from '../words/page-words.ts';
import { AssistantSection } from './assistant.tsx';
import { BehaviourSection } from './behaviour.tsx';
import { ConnectionSection } from './connection.tsx';
import { Section } from './field.tsx';
import { KeptSection } from './kept.tsx';
import { MoneySection } from './money.tsx';
import { PagesSection } from './pages.tsx';
import { RelaySection } from './relay.tsx';
import { ShortcutSection } from './shortcuts.tsx';
import { SoundSection } from './sound.tsx';
import { TalkingSection } from './talking.tsx';

export function Options() {
  const words = pageWords.use().options;
  const now = useValue(settings);
  // Fields hold what is being typed: when all settings are replaced, they begin anew.
  const [round, setRound] = useState(0);
  useEffect(() => {
    document.title = words.title;
  }, [words]);
  return (
    <main class="sheet">
      <header>
        <Icon name="mark" />
        <h1>{words.title}</h1>
      </header>
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
    </main>
  );
}
