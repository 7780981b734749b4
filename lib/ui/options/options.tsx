/** The options page. Everything is saved as it is changed. */
import { useEffect, useState } from 'preact/hooks';
import { readSettings, watchSettings } from '../../storage/settings.ts';
import type { Settings } from '../../protocol/settings.ts';
import { Icon } from '../parts/icon.tsx';
import { pageWords } from '../words/words.ts';
import { AssistantSection } from './assistant.tsx';
import { BehaviourSection, MicrophoneSection, ShortcutSection } from './behaviour.tsx';
import { Section } from './field.tsx';
import { RelaySection } from './relay.tsx';

export function Options() {
  const words = pageWords.use().options;
  const [settings, setSettings] = useState<Settings | null>(null);
  useEffect(() => {
    void readSettings().then(setSettings);
    return watchSettings(setSettings);
  }, []);
  useEffect(() => {
    document.title = words.title;
  }, [words]);
  if (!settings) return null;
  return (
    <main class="sheet">
      <header>
        <Icon name="mark" />
        <h1>{words.title}</h1>
      </header>
      <RelaySection settings={settings} />
      <AssistantSection settings={settings} />
      <BehaviourSection settings={settings} />
      <MicrophoneSection />
      <ShortcutSection />
      <Section title={words.privacy}>
        <p class="prose">{words.privacyText}</p>
      </Section>
    </main>
  );
}
