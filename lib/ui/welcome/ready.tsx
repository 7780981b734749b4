/** Past the steps: how to go on, and what is still open. */
import { useEffect, useId, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { callWords } from '../words/words.ts';
import { closeTab } from '../parts/close-tab.ts';
import { steps, type Done, type Place } from './course.ts';
import { Heading } from './steps.tsx';
import { welcomeWords } from './words.ts';

export function ReadySection({ done, go }: { done: Done; go: (to: Place) => void }) {
  const { ready: words, steps: stepWords } = welcomeWords.use();
  const { shortcutHint } = callWords.use();
  const shortcut = useCallShortcut();
  const id = useId();
  const open = steps.filter((step) => !done[step]);
  return (
    <section aria-labelledby={id}>
      <Heading id={id}>{words.title}</Heading>
      <ul>
        {words.ways.map((way, index) => (
          <li key={way}>
            {way} {index === 0 && shortcut && shortcutHint(shortcut)}
          </li>
        ))}
      </ul>
      {open.length > 0 && (
        <div class="choices">
          <p>{words.open}</p>
          {open.map((step) => (
            <button key={step} type="button" onClick={() => go(step)}>
              {stepWords[step].title}
            </button>
          ))}
        </div>
      )}
      <button type="button" class="primary" onClick={() => void closeTab()}>
        {words.close}
      </button>
    </section>
  );
}

/** As the browser has it now; empty: none. */
function useCallShortcut(): string {
  const [shortcut, setShortcut] = useState('');
  useEffect(() => {
    const read = async () => {
      const commands = await browser.commands.getAll();
      setShortcut(commands.find(({ name }) => name === 'toggle-call')?.shortcut ?? '');
    };
    void read();
  }, []);
  return shortcut;
}
