/** The options page. Everything is saved as it is changed. */
import { useEffect } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import { settings } from '../settings.ts';
import { useValue } from '../value.ts';
import { pageWords } from '../words/page-words.ts';
import { AssistantSection } from './assistant.tsx';
import { BehaviourSection } from './behaviour.tsx';
import { ConnectionSection } from './connection.tsx';
import { Section } from './field.tsx';
import { PagesSection } from './pages.tsx';
import { RelaySection } from './relay.tsx';
import { ShortcutSection } from './shortcuts.tsx';
import { SoundSection } from './sound.tsx';
import { TalkingSection } from './talking.tsx';

export function Options() {
  const words = pageWords.use().options;
  const now = useValue(settings);
  useEffect(() => {
    document.title = words.title;
  }, [words]);
  return (
    <main class="sheet">
      <header>
        <Icon name="mark" />
        <h1>{words.title}</h1>
      </header>
      <RelaySection settings={now} />
      <AssistantSection settings={now} />
      <TalkingSection settings={now} />
      <SoundSection settings={now} />
      <PagesSection settings={now} />
      <ConnectionSection settings={now} />
      <BehaviourSection settings={now} />
      <ShortcutSection />
      <Section title={words.privacy}>
        <p class="prose">{words.privacyText}</p>
      </Section>
    </main>
  );
}
