/** Step three: a first call, and the words of both sides as they come. */
import { isActive } from '../../protocol/snapshot.ts';
import { Controls } from '../parts/controls.tsx';
import { CallNotice } from '../parts/notice.tsx';
import { StateWord, TalkButton } from '../parts/talk.tsx';
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { captions } from '../view/lines.ts';
import { callWords } from '../words/words.ts';
import type { Done, Place } from './course.ts';
import { StepCard } from './steps.tsx';
import { welcomeWords } from './words.ts';

interface TalkStepProps {
  done: Done;
  /** Unix milliseconds: what was said before is of another call. */
  since: number;
  go: (to: Place) => void;
}

export function TalkStep({ done, since, go }: TalkStepProps) {
  const words = welcomeWords.use().talk;
  const finish = () => {
    // The page is about to be left: no microphone may stay open behind it.
    if (isActive(store.snapshot.get().phase)) void store.act({ type: 'end' });
    go('ready');
  };
  return (
    <StepCard step="talk" done={done.talk} next={words.finish} goOn={finish}>
      {done.relay ? <FirstCall done={done} since={since} /> : <NoRelay go={go} />}
    </StepCard>
  );
}

function NoRelay({ go }: { go: (to: Place) => void }) {
  const { noRelay, toRelay } = welcomeWords.use().talk;
  return (
    <>
      <p>{noRelay}</p>
      <button type="button" class="primary" onClick={() => go('relay')}>
        {toRelay}
      </button>
    </>
  );
}

function FirstCall({ done, since }: Omit<TalkStepProps, 'go'>) {
  const words = welcomeWords.use().talk;
  const { able: question } = callWords.use();
  const { phase } = useValue(store.snapshot);
  return (
    <>
      <p>{done.microphone ? words.say(question) : words.noMicrophone}</p>
      <div class="stage">
        <TalkButton />
        <StateWord />
      </div>
      <CallNotice />
      <Controls />
      {!isActive(phase) && (
        <button type="button" onClick={() => void store.act({ type: 'say', text: question })}>
          {words.write(question)}
        </button>
      )}
      <Said since={since} />
      {/* There from the start, so that what comes into it is announced. */}
      <p role="status" class="result good">
        {done.talk ? words.answered : ''}
      </p>
    </>
  );
}

/** The last words of each side; not announced, because the answer is heard. */
function Said({ since }: { since: number }) {
  const { you, parley } = callWords.use();
  const said = captions(useValue(store.snapshot).lines.filter(({ at }) => at >= since));
  if (said.length === 0) return null;
  return (
    <div class="captions">
      {said.map(({ id, who, text }) => (
        <p key={id} class={who} dir="auto">
          <span class="visually-hidden">{who === 'person' ? you : parley}: </span>
          <span>{text}</span>
        </p>
      ))}
    </div>
  );
}
