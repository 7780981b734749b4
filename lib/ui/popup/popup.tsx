/** The popup: the running call at a glance. Closing it changes nothing. */
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { readSettings } from '../../storage/settings.ts';
import { Controls } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';
import { Notice } from '../parts/notice.tsx';
import { Elapsed, StateWord, TalkButton } from '../parts/talk.tsx';
import { isActive } from '../../protocol/snapshot.ts';
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { captions } from '../view/lines.ts';
import { talkDoes, talkState } from '../view/talk.ts';
import { callWords } from '../words/words.ts';
import { beginsCall, hasRelay } from './begin.ts';

/** Connects, and begins the call that opening the popup means. Once per opening: a hang-up in here stays one. */
export async function openPopup(): Promise<void> {
  const [settings, answer] = await Promise.all([readSettings(), store.connect()]);
  if (beginsCall(settings, answer)) await store.act({ type: 'start', microphone: true });
}

export function Popup() {
  const snapshot = useValue(store.snapshot);
  const paired = usePaired();
  const unset = paired === false && !isActive(snapshot.phase);
  return (
    <main class="popup">
      <Header />
      <div class="stage">
        <TalkButton />
        <StateWord />
        <Hint quiet={unset} />
      </div>
      <Notice extra={unset ? { code: 'relay-unset' } : null} />
      <Controls />
      <Captions />
      <Footer />
    </main>
  );
}

/** Has a relay been connected? Null until the settings are read. */
function usePaired(): boolean | null {
  const [paired, setPaired] = useState<boolean | null>(null);
  useEffect(() => void readSettings().then((settings) => setPaired(hasRelay(settings))), []);
  return paired;
}

function Header() {
  return (
    <header>
      <Icon name="mark" />
      <h1>Parley</h1>
      <Elapsed />
    </header>
  );
}

async function callShortcut(): Promise<string> {
  const commands = await browser.commands.getAll();
  return commands.find(({ name }) => name === 'toggle-call')?.shortcut ?? '';
}

/** What a press does, or the shortcut when nothing runs. */
function Hint({ quiet }: { quiet: boolean }) {
  const words = callWords.use();
  const state = talkState(useValue(store.snapshot));
  const does = talkDoes[state];
  const [shortcut, setShortcut] = useState('');
  useEffect(() => void callShortcut().then(setShortcut), []);
  if (quiet || does === 'nothing') return null;
  if (does === 'start') return shortcut ? <p class="hint">{words.shortcutHint(shortcut)}</p> : null;
  return <p class="hint">{words.does[does]}</p>;
}

function Captions() {
  const words = callWords.use();
  const last = captions(useValue(store.snapshot).lines);
  if (last.length === 0) return null;
  return (
    <div class="captions">
      {last.map(({ id, who, text }) => (
        <p key={id} class={who} dir="auto">
          <span class="visually-hidden">{who === 'person' ? words.you : words.parley}: </span>
          <span>{text}</span>
        </p>
      ))}
    </div>
  );
}

function Footer() {
  const words = callWords.use().controls;
  const [windowId, setWindowId] = useState<number>();
  useEffect(() => void browser.windows.getCurrent().then(({ id }) => setWindowId(id)), []);
  // The side panel opens only from within the click itself, so the window is known before. The polyfill has no side panel.
  const openPanel = () => {
    if (windowId === undefined) return;
    void chrome.sidePanel.open({ windowId }).then(() => window.close());
  };
  return (
    <footer>
      <button type="button" class="link" onClick={openPanel}>
        <Icon name="panel" />
        {words.panel}
      </button>
      <button type="button" class="link" onClick={() => void browser.runtime.openOptionsPage()}>
        <Icon name="options" />
        {words.options}
      </button>
    </footer>
  );
}
