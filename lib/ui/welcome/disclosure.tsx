/** What is recorded, read, sent and kept, and the person's yes to it, before any of it happens. */
import { useId } from 'preact/hooks';
import { isActive } from '../../protocol/snapshot.ts';
import { giveConsent, withdrawConsent } from '../../storage/consent.ts';
import { closeTab } from '../parts/close-tab.ts';
import { store } from '../store.ts';
import { Heading } from './steps.tsx';
import { welcomeWords } from './words.ts';

export function ConsentSection() {
  const { title, intro, agree, notNow } = welcomeWords.use().consent;
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Heading id={id}>{title}</Heading>
      <p>{intro}</p>
      <Points />
      <div class="choices">
        <button type="button" class="primary large" onClick={() => void giveConsent(Date.now())}>
          {agree}
        </button>
        <button type="button" class="link" onClick={() => void closeTab()}>
          {notNow}
        </button>
      </div>
    </section>
  );
}

function Points() {
  return (
    <dl class="points">
      {welcomeWords.use().consent.points.map(({ name, text }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Taking it back is as easy as giving it; a call that runs ends with it. */
export function Agreed({ at }: { at: number }) {
  const { language, consent: words } = welcomeWords.use();
  const takeBack = async () => {
    if (isActive(store.snapshot.get().phase)) await store.act({ type: 'end' });
    await withdrawConsent();
  };
  return (
    <details class="agreed">
      <summary>{words.agreed(new Date(at).toLocaleDateString(language, { dateStyle: 'long' }))}</summary>
      <Points />
      <button type="button" onClick={() => void takeBack()}>
        {words.takeBack}
      </button>
    </details>
  );
}
