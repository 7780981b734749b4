/** The address of a relay and what lets us in: a device token, or a code that becomes one. */
import { useState } from 'preact/hooks';
import { Field } from '../options/field.tsx';
import { settings } from '../settings.ts';
import { useValue } from '../value.ts';
import { hostOf } from '../view/address.ts';
import { pageWords } from '../words/page-words.ts';
import { connectByCode, connectByToken, type Outcome } from './connect.ts';
import { checkForCode, checkForToken, draftOf, type Draft, type Wrong } from './draft.ts';
import { readPairLink } from './pair-link.ts';
import { Result } from './result.tsx';
import { welcomeWords } from './words.ts';

const nothingWrong: Wrong = { address: null, secret: null };

interface ConnectFormProps {
  way: 'token' | 'code';
  /** The page was opened by a link that is not whole. */
  damaged: boolean;
  draft: Draft;
  change: (draft: Draft) => void;
  /** A whole link was pasted into a field. */
  toCode: () => void;
}

export function ConnectForm({ way, damaged, draft, change, toCode }: ConnectFormProps) {
  const { options } = pageWords.use();
  const words = welcomeWords.use().relay;
  const { relay } = useValue(settings);
  const [wrong, setWrong] = useState<Wrong>({
    address: null,
    secret: damaged && way === 'code' ? 'damaged-link' : null,
  });
  const [shown, setShown] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | 'working' | null>(null);

  const type = (field: keyof Draft) => (text: string) => {
    setOutcome(null);
    const link = readPairLink(text);
    if (link && link !== 'damaged') {
      setWrong(nothingWrong);
      change(draftOf(link, relay));
      toCode();
    } else change({ ...draft, [field]: text });
  };
  const connect = async () => {
    if (outcome === 'working') return;
    const checked = way === 'code' ? checkForCode(draft) : checkForToken(draft);
    setWrong('wrong' in checked ? checked.wrong : nothingWrong);
    if ('wrong' in checked) return;
    setOutcome('working');
    setOutcome(await ('link' in checked ? connectByCode(checked.link) : connectByToken(checked.relay)));
    // A used code is of no use in the address.
    if ('link' in checked) history.replaceState(null, '', location.pathname);
  };

  const sentences = { ...options.problems, ...words.problems };
  const whereProblem = wrong.address ? sentences[wrong.address] : '';
  const secretProblem = wrong.secret ? sentences[wrong.secret] : '';
  const connected = relay.deviceToken ? hostOf(relay.url) : '';
  const meant = hostOf(draft.address);
  return (
    <form
      class="group"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void connect();
      }}
    >
      <Field
        label={options.address}
        type="url"
        value={draft.address}
        problem={whereProblem}
        placeholder="http://127.0.0.1:8787"
        onInput={type('address')}
        onDone={() => undefined}
      />
      {way === 'token' ? (
        <Field
          label={options.token}
          type={shown ? 'text' : 'password'}
          value={draft.token}
          problem={secretProblem}
          help={options.tokenHelp}
          onInput={type('token')}
          onDone={() => undefined}
        >
          <button type="button" onClick={() => setShown(!shown)}>
            {shown ? options.hide : options.show}
          </button>
        </Field>
      ) : (
        <Field
          label={words.code}
          value={draft.code}
          problem={secretProblem}
          help={words.codeHelp}
          onInput={type('code')}
          onDone={() => undefined}
        />
      )}
      {connected && meant && meant !== connected && <p>{words.replaces(connected)}</p>}
      <div class="test">
        <button type="submit" class={connected ? '' : 'primary'} aria-disabled={outcome === 'working'}>
          {way === 'token' ? options.test : words.connect}
        </button>
        <Result outcome={outcome} connected={connected} />
      </div>
    </form>
  );
}
