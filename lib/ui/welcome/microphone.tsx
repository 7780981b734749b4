/** Step two: the browser's own question, with the reason before it, and a level that shows that it works. */
import { useEffect, useMemo } from 'preact/hooks';
import { startHearing } from '../microphone/hearing.ts';
import { AllowSteps, LevelBar, openSiteSettings } from '../microphone/parts.tsx';
import { useValue } from '../value.ts';
import { pageWords } from '../words/page-words.ts';
import { StepCard } from './steps.tsx';
import { welcomeWords } from './words.ts';

export function MicrophoneStep({ done, goOn }: { done: boolean; goOn: () => void }) {
  const { steps } = pageWords.use().microphone;
  const words = welcomeWords.use().microphone;
  const hearing = useMemo(() => startHearing(), []);
  useEffect(() => hearing.stop, []);
  const step = useValue(hearing.step);
  const { title, button } = steps[step];
  const text = step === 'heard' || step === 'quiet' ? words[step] : steps[step].text;
  const isOpen = step === 'testing' || step === 'heard' || step === 'quiet';
  const press = () => {
    if (step === 'denied') openSiteSettings();
    else void hearing.ask();
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
      {step === 'denied' && <AllowSteps look="numbered" />}
      {button && !isOpen && (
        <button type="button" class="primary" onClick={press}>
          {button}
        </button>
      )}
    </StepCard>
  );
}
