/** Step two: the browser's own question, with the reason before it, and a level that shows that it works. */
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { useValue, type Value } from '../value.ts';
import { siteSettingsPage } from '../view/browser-pages.ts';
import { pageWords } from '../words/page-words.ts';
import { startHearing } from './hearing.ts';
import { StepCard } from './steps.tsx';
import { welcomeWords } from './words.ts';

export function MicrophoneStep({ done, goOn }: { done: boolean; goOn: () => void }) {
  const { steps, allowSteps } = pageWords.use().microphone;
  const words = welcomeWords.use().microphone;
  const hearing = useMemo(() => startHearing(), []);
  useEffect(() => hearing.stop, []);
  const step = useValue(hearing.step);
  const { title, button } = steps[step];
  const text = step === 'heard' || step === 'quiet' ? words[step] : steps[step].text;
  const isOpen = step === 'testing' || step === 'heard' || step === 'quiet';
  const press = () => {
    if (step !== 'denied') void hearing.ask();
    else {
      const origin = new URL(browser.runtime.getURL('')).origin;
      void browser.tabs.create({ url: siteSettingsPage(navigator.userAgent, origin) });
    }
  };
  return (
    <StepCard step="microphone" done={done} goOn={goOn}>
      <div role="status">
        <p>
          <b>{title}</b>
        </p>
        <p>{text}</p>
      </div>
      {isOpen && <LevelBar height={hearing.height} />}
      {step === 'denied' && (
        <ol class="numbered">
          {allowSteps.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      )}
      {button && !isOpen && (
        <button type="button" class="primary" onClick={press}>
          {button}
        </button>
      )}
    </StepCard>
  );
}

function LevelBar({ height }: { height: Value<number> }) {
  const { levelLabel } = pageWords.use().microphone;
  const bar = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => height.watch((now) => bar.current?.style.setProperty('--level', now.toFixed(3))), [height]);
  return (
    <span class="level-bar" role="img" aria-label={levelLabel} ref={bar}>
      <i />
    </span>
  );
}
