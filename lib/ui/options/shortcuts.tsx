/** The keyboard shortcuts as the browser has them. */
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { shortcutsPage } from '../view/browser-pages.ts';
import { pageWords } from '../words/page-words.ts';
import { Section } from './field.tsx';

interface Shortcut {
  name: string;
  does: string;
  keys: string;
}

/** As they are now: read again whenever the person comes back to this page. */
function useShortcuts(): Shortcut[] {
  const [shortcuts, setShortcuts] = useState<Shortcut[]>([]);
  useEffect(() => {
    const read = async () => {
      const commands = await browser.commands.getAll();
      setShortcuts(
        commands
          .filter(({ description }) => description)
          .map(({ name = '', description = '', shortcut = '' }) => ({ name, does: description, keys: shortcut })),
      );
    };
    void read();
    const again = () => void read();
    window.addEventListener('focus', again);
    return () => window.removeEventListener('focus', again);
  }, []);
  return shortcuts;
}

export function ShortcutSection() {
  const words = pageWords.use().options;
  const shortcuts = useShortcuts();
  return (
    <Section title={words.shortcuts}>
      <dl>
        {shortcuts.map(({ name, does, keys }) => (
          <div key={name} class="line">
            <dt>{does}</dt>
            <dd>{keys ? <kbd>{keys}</kbd> : <span class="help">{words.noShortcut}</span>}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={() => void browser.tabs.create({ url: shortcutsPage(navigator.userAgent) })}>
        {words.changeShortcuts}
      </button>
    </Section>
  );
}
