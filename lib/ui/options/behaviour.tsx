/** Language, automatic start, microphone, shortcuts. */
import { useEffect, useId, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { sendIntent } from '../../link/request.ts';
import { faultOf } from '../../protocol/faults.ts';
import type { Fault } from '../../protocol/faults.ts';
import type { Settings } from '../../protocol/settings.ts';
import { shortcutsPage } from '../view/browser-pages.ts';
import { callWords, pageWords } from '../words/words.ts';
import { Section, useSave } from './field.tsx';

export function BehaviourSection({ settings }: { settings: Settings }) {
  const words = pageWords.use().options;
  const [saved, save] = useSave();
  return (
    <Section title={words.behaviour} saved={saved}>
      <Choice
        label={words.language}
        value={settings.language}
        choices={words.languages}
        choose={(language) => save({ language })}
      />
      <Choice
        label={words.transport}
        value={settings.transport}
        choices={words.transports}
        choose={(transport) => save({ transport })}
      />
      <label class="check">
        <input
          type="checkbox"
          checked={settings.autoStart}
          onChange={(event) => save({ autoStart: event.currentTarget.checked })}
        />
        {words.autoStart}
      </label>
    </Section>
  );
}

interface ChoiceParts<T extends string> {
  label: string;
  value: T;
  /** What can be chosen, and what it is called. */
  choices: Record<T, string>;
  choose(value: T): void;
}

function Choice<T extends string>({ label, value, choices, choose }: ChoiceParts<T>) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => choose(event.currentTarget.value as T)}>
        {Object.entries(choices).map(([each, name]) => (
          <option key={each} value={each}>
            {name as string}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The permission as it is now; follows changes made elsewhere. */
function useMicrophonePermission(): PermissionState {
  const [state, setState] = useState<PermissionState>('prompt');
  useEffect(() => {
    const gone = new AbortController();
    const follow = async () => {
      const status = await navigator.permissions.query({ name: 'microphone' });
      const show = () => setState(status.state);
      show();
      status.addEventListener('change', show, { signal: gone.signal });
    };
    void follow();
    return () => gone.abort();
  }, []);
  return state;
}

export function MicrophoneSection() {
  const words = pageWords.use().options;
  const { faults } = callWords.use();
  const state = useMicrophonePermission();
  const [fault, setFault] = useState<Fault | null>(null);
  const setUp = async () => {
    try {
      await sendIntent({ type: 'open-permission-page' });
      setFault(null);
    } catch (error) {
      setFault(faultOf(error));
    }
  };
  return (
    <Section title={words.microphone}>
      <div class="line">
        <p class={`permission ${state}`}>{words.microphoneStates[state]}</p>
        <button type="button" onClick={() => void setUp()}>
          {words.microphoneButton}
        </button>
      </div>
      {fault && (
        <p class="problem" role="alert">
          {faults[fault.code]}
        </p>
      )}
    </Section>
  );
}

interface Shortcut {
  name: string;
  does: string;
  keys: string;
}

/** As they are now: read again whenever the person comes back to this page. */
function useShortcuts(): Shortcut[] {
  const [shortcuts, setShortcuts] = useState<Shortcut[]>([]);
  useEffect(() => {
    const read = async () => {
      const commands = await browser.commands.getAll();
      setShortcuts(
        commands
          .filter(({ description }) => description)
          .map(({ name = '', description = '', shortcut = '' }) => ({ name, does: description, keys: shortcut })),
      );
    };
    void read();
    const again = () => void read();
    window.addEventListener('focus', again);
    return () => window.removeEventListener('focus', again);
  }, []);
  return shortcuts;
}

export function ShortcutSection() {
  const words = pageWords.use().options;
  const shortcuts = useShortcuts();
  return (
    <Section title={words.shortcuts}>
      <dl>
        {shortcuts.map(({ name, does, keys }) => (
          <div key={name} class="line">
            <dt>{does}</dt>
            <dd>{keys ? <kbd>{keys}</kbd> : <span class="help">{words.noShortcut}</span>}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={() => void browser.tabs.create({ url: shortcutsPage(navigator.userAgent) })}>
        {words.changeShortcuts}
      </button>
    </Section>
  );
}
