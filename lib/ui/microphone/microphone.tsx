/** The page that asks for the microphone: popup, panel and offscreen document cannot. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { Icon, type IconName } from '../parts/icon.tsx';
import { useValue, type Value } from '../value.ts';
import { siteSettingsPage } from '../view/browser-pages.ts';
import type { MicrophoneStep } from '../view/microphone.ts';
import { pageWords } from '../words/page-words.ts';
import type { MicrophoneSession } from './session.ts';

const looks: Record<MicrophoneStep, { icon: IconName; tone: string }> = {
  explain: { icon: 'microphone', tone: 'plain' },
  asking: { icon: 'microphone-ask', tone: 'work' },
  testing: { icon: 'microphone', tone: 'live' },
  heard: { icon: 'microphone', tone: 'you' },
  quiet: { icon: 'microphone', tone: 'live' },
  denied: { icon: 'microphone-off', tone: 'fault' },
  dismissed: { icon: 'microphone-ask', tone: 'work' },
  missing: { icon: 'microphone-off', tone: 'fault' },
  busy: { icon: 'warning', tone: 'fault' },
};

export function MicrophonePage({ session, forCall }: { session: MicrophoneSession; forCall: boolean }) {
  const { steps, forCall: callWaits, allowSteps } = pageWords.use().microphone;
  const step = useValue(session.step);
  const { title, text, button } = steps[step];
  const { icon, tone } = looks[step];
  const main = useRef<HTMLButtonElement>(null);
  useEffect(() => main.current?.focus(), [step]);
  useEffect(() => {
    document.title = title;
  }, [title]);
  const press = () => {
    if (step === 'quiet') void session.close();
    else if (step === 'denied') {
      const origin = new URL(browser.runtime.getURL('')).origin;
      void browser.tabs.create({ url: siteSettingsPage(navigator.userAgent, origin) });
    } else void session.ask();
  };
  const open = step === 'testing' || step === 'heard' || step === 'quiet';
  return (
    <main class="permission-card">
      <span class={`medal tone-${tone}`}>
        <Icon name={icon} />
      </span>
      <div role="status">
        <h1>{title}</h1>
        <p>{text}</p>
        {forCall && step === 'explain' && <p class="help">{callWaits}</p>}
      </div>
      {open && <LevelBar height={session.height} />}
      {step === 'denied' && (
        <ol>
          {allowSteps.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      )}
      {button && (
        <button type="button" class="primary large" ref={main} onClick={press}>
          {button}
        </button>
      )}
    </main>
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
