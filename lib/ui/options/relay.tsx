/** Where the relay is, what lets us in, and whether it works. */
import { useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { Settings } from '../../protocol/settings.ts';
import { checkDeviceToken, checkRelayAddress } from '../view/relay-address.ts';
import { pageWords } from '../words/page-words.ts';
import { Field, Section, useSave } from './field.tsx';
import { TestResult, useRelayTest } from './relay-test.tsx';

export function RelaySection({ settings }: { settings: Settings }) {
  const words = pageWords.use().options;
  const [saved, save] = useSave();
  const [url, setUrl] = useState(settings.relay.url);
  const [token, setToken] = useState(settings.relay.deviceToken);
  const [shown, setShown] = useState(false);
  const [urlProblem, setUrlProblem] = useState('');
  const [tokenProblem, setTokenProblem] = useState('');
  const { outcome, test: ask, forget } = useRelayTest();

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
    forget();
    const relay = check(address, secret);
    if (!relay) return;
    setUrl(relay.url);
    setToken(relay.deviceToken);
    save({ relay });
  };
  const test = async () => {
    if (outcome === 'testing') return;
    const relay = check(url, token);
    if (!relay) return;
    if (!relay.deviceToken) {
      setTokenProblem(words.problems['token-empty']);
      return;
    }
    await ask({ relay, model: settings.model, voice: settings.voice });
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
        <button type="button" onClick={() => setShown(!shown)}>
          {shown ? words.hide : words.show}
        </button>
      </Field>
      <div class="test">
        <button type="button" class="primary" aria-disabled={outcome === 'testing'} onClick={() => void test()}>
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
