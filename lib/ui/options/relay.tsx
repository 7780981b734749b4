/** Where the relay is, what lets us in, and whether it works. */
import { useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { sendIntent } from '../../link/request.ts';
import { faultOf } from '../../protocol/faults.ts';
import type { Fault } from '../../protocol/faults.ts';
import type { RelayReport } from '../../protocol/messages.ts';
import type { Settings } from '../../protocol/settings.ts';
import { checkDeviceToken, checkRelayAddress } from '../view/relay-address.ts';
import { pageWords } from '../words/page-words.ts';
import { callWords } from '../words/words.ts';
import { Field, Section, useSave } from './field.tsx';

type Outcome = { report: RelayReport } | { fault: Fault } | 'testing' | null;

export function RelaySection({ settings }: { settings: Settings }) {
  const words = pageWords.use().options;
  const [saved, save] = useSave();
  const [url, setUrl] = useState(settings.relay.url);
  const [token, setToken] = useState(settings.relay.deviceToken);
  const [shown, setShown] = useState(false);
  const [urlProblem, setUrlProblem] = useState('');
  const [tokenProblem, setTokenProblem] = useState('');
  const [outcome, setOutcome] = useState<Outcome>(null);

  /** Shows what is wrong; hands back what is right. */
  const check = (address: string, secret: string) => {
    const checkedUrl = checkRelayAddress(address);
    const checkedToken = checkDeviceToken(secret);
    setUrlProblem('problem' in checkedUrl ? words.problems[checkedUrl.problem] : '');
    setTokenProblem('problem' in checkedToken ? words.problems[checkedToken.problem] : '');
    if ('problem' in checkedUrl || 'problem' in checkedToken) return null;
    return { url: checkedUrl.url, deviceToken: checkedToken.token };
  };
  const store = (address: string, secret: string) => {
    setOutcome(null);
    const relay = check(address, secret);
    if (!relay) return;
    setUrl(relay.url);
    setToken(relay.deviceToken);
    save({ relay });
  };
  const test = async () => {
    const relay = check(url, token);
    if (!relay) return;
    if (!relay.deviceToken) {
      setTokenProblem(words.problems['token-empty']);
      return;
    }
    setOutcome('testing');
    try {
      // The coordinator validated the relay's answer; a fault was thrown instead of anything else.
      const report = await sendIntent({ type: 'test-relay', relayUrl: relay.url, deviceToken: relay.deviceToken });
      setOutcome({ report: report as RelayReport });
    } catch (error) {
      setOutcome({ fault: faultOf(error) });
    }
  };

  return (
    <Section title={words.relay} saved={saved}>
      <p class="help">{words.relayHelp}</p>
      <Field
        label={words.address}
        type="url"
        value={url}
        problem={urlProblem}
        placeholder="http://127.0.0.1:8787"
        onInput={setUrl}
        onDone={(value) => store(value, token)}
      />
      <Field
        label={words.token}
        type={shown ? 'text' : 'password'}
        value={token}
        problem={tokenProblem}
        help={words.tokenHelp}
        onInput={setToken}
        onDone={(value) => store(url, value)}
      >
        <button type="button" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? words.hide : words.show}
        </button>
      </Field>
      <div class="test">
        <button type="button" class="primary" disabled={outcome === 'testing'} onClick={() => void test()}>
          {words.test}
        </button>
        <TestResult outcome={outcome} />
      </div>
      <p class="help">
        {words.extensionId}: <code>{browser.runtime.id}</code>
      </p>
    </Section>
  );
}

function TestResult({ outcome }: { outcome: Outcome }) {
  const words = pageWords.use().options;
  const { faults, waitSeconds } = callWords.use();
  let look = '';
  let text = '';
  let detail: string | undefined;
  if (outcome === 'testing') text = words.testing;
  else if (outcome && 'report' in outcome) {
    look = 'good';
    text = words.ready(outcome.report.provider, outcome.report.model, outcome.report.voice);
  } else if (outcome) {
    look = 'bad';
    const { code, retryAfterS } = outcome.fault;
    text = faults[code] + (retryAfterS === undefined ? '' : ` ${waitSeconds(Math.ceil(retryAfterS))}`);
    detail = [code, outcome.fault.detail].filter(Boolean).join(': ');
  }
  return (
    <p role="status" class={`result ${look}`} title={detail}>
      {text}
    </p>
  );
}
