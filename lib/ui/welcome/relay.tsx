/** Step one: address and token, a pairing link, or no key at all. */
import { useId, useState } from 'preact/hooks';
import { settings } from '../settings.ts';
import type { Way } from '../words/welcome.ts';
import { ConnectForm } from './connect-form.tsx';
import { draftOf } from './draft.ts';
import { readPairLink } from './pair-link.ts';
import { StepCard } from './steps.tsx';
import { welcomeWords } from './words.ts';

/** `fragment`: what followed the `#` when the page was opened. A pairing link fills the fields, and waits for a press. */
export function RelayStep({ fragment, done, goOn }: { fragment: string; done: boolean; goOn: () => void }) {
  const { trust } = welcomeWords.use().relay;
  const link = readPairLink(fragment);
  const [way, setWay] = useState<Way>(link ? 'code' : 'token');
  const [draft, setDraft] = useState(() => draftOf(link, settings.get().relay));
  return (
    <StepCard step="relay" done={done} goOn={goOn}>
      <WayChoice way={way} choose={setWay} />
      {way === 'try' ? (
        <Try />
      ) : (
        <ConnectForm
          key={way}
          way={way}
          damaged={link === 'damaged'}
          draft={draft}
          change={setDraft}
          toCode={() => setWay('code')}
        />
      )}
      <p class="help">{trust}</p>
    </StepCard>
  );
}

function WayChoice({ way, choose }: { way: Way; choose: (way: Way) => void }) {
  const { ways, howTo } = welcomeWords.use().relay;
  const name = useId();
  return (
    <fieldset class="segments">
      <legend class="visually-hidden">{howTo}</legend>
      {(Object.keys(ways) as Way[]).map((each) => (
        <label key={each}>
          <input type="radio" name={name} checked={each === way} onChange={() => choose(each)} />
          {ways[each]}
        </label>
      ))}
    </fieldset>
  );
}

function Try() {
  const words = welcomeWords.use().relay;
  return (
    <>
      <p>{words.tryIntro}</p>
      <dl class="points">
        {words.tryCommands.map(({ command, does }) => (
          <div key={command}>
            <dt>
              <code>{command}</code>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p class="help">{words.tryLimits}</p>
    </>
  );
}
