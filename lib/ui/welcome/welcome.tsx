/** The first page: what Parley does with what it hears and reads, then three steps to a first answer. */
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../parts/icon.tsx';
import { SilentNotice } from '../parts/notice.tsx';
import { useValue } from '../value.ts';
import { ConsentSection, Agreed } from './disclosure.tsx';
import { after, firstOpen, type Place } from './course.ts';
import { consent, useDone, type Opening } from './known.ts';
import { MicrophoneStep } from './microphone.tsx';
import { readPairLink } from './pair-link.ts';
import { ReadySection } from './ready.tsx';
import { RelayStep } from './relay.tsx';
import { StepList } from './steps.tsx';
import { TalkStep } from './talk.tsx';
import { welcomeWords } from './words.ts';

export function Welcome({ opening }: { opening: Opening }) {
  const { title } = welcomeWords.use();
  const consentedAt = useValue(consent);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <main class="sheet welcome">
      <header>
        <Icon name="mark" />
        <h1>{title}</h1>
      </header>
      <SilentNotice />
      {consentedAt === null ? <ConsentSection /> : <Course opening={opening} consentedAt={consentedAt} />}
    </main>
  );
}

/** A link that is opened while the page is there changes only what follows the `#`. */
function useFragment(): string {
  const [fragment, setFragment] = useState(location.hash);
  useEffect(() => {
    const follow = () => setFragment(location.hash);
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return fragment;
}

function Course({ opening, consentedAt }: { opening: Opening; consentedAt: number }) {
  const fragment = useFragment();
  const isLink = readPairLink(fragment) !== null;
  const done = useDone(opening);
  const [place, go] = useState<Place>(() => (isLink ? 'relay' : firstOpen(done)));
  useEffect(() => {
    if (isLink) go('relay');
  }, [fragment]);
  return (
    <>
      <StepList place={place} done={done} go={go} />
      {place === 'relay' && (
        <RelayStep key={fragment} fragment={fragment} done={done.relay} goOn={() => go(after('relay'))} />
      )}
      {place === 'microphone' && <MicrophoneStep done={done.microphone} goOn={() => go(after('microphone'))} />}
      {place === 'talk' && <TalkStep done={done} since={opening.at} go={go} />}
      {place === 'ready' && <ReadySection done={done} go={go} />}
      <Agreed at={consentedAt} />
    </>
  );
}
