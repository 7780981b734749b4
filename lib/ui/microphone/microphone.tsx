/** The page that asks for the microphone: popup, panel and offscreen document cannot. */
import { useEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from '../parts/icon.tsx';
import { SilentNotice } from '../parts/notice.tsx';
import { useValue } from '../value.ts';
import type { MicrophoneStep } from '../view/microphone.ts';
import { pageWords } from '../words/page-words.ts';
import { AllowSteps, LevelBar, openSiteSettings } from './parts.tsx';
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
  const { steps, forCall: callWaits } = pageWords.use().microphone;
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
    else if (step === 'denied') openSiteSettings();
    else void session.ask();
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
      <SilentNotice />
      {open && <LevelBar height={session.height} />}
      {step === 'denied' && <AllowSteps />}
      {button && (
        <button type="button" class="primary large" ref={main} onClick={press}>
          {button}
        </button>
      )}
    </main>
  );
}
