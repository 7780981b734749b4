/** The popup: the running call at a glance. Closing it changes nothing. */
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { AnswersChoice } from '../parts/answers.tsx';
import { Beside } from '../parts/beside.tsx';
import { Controls } from '../parts/controls.tsx';
import { Icon } from '../parts/icon.tsx';
import { ModeChoice } from '../parts/mode.tsx';
import { Money } from '../parts/money.tsx';
import { Notice } from '../parts/notice.tsx';
import { Times } from '../parts/times.tsx';
import { Elapsed, StateWord, TalkButton } from '../parts/talk.tsx';
import { useTalking } from '../parts/talk-key.ts';
import { useChip, useTools } from '../parts/later.ts';
import { isActive } from '../../protocol/snapshot.ts';
import { followSettings, settings } from '../settings.ts';
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { maySayDone } from '../view/keys.ts';
import { waitingLine } from '../view/grant.ts';
import { captions } from '../view/lines.ts';
import { keepWarm } from '../warm.ts';
import { pressWord, turnKey } from '../words/talk.ts';
import { callWords } from '../words/words.ts';
import { beginsCall, hasRelay } from './begin.ts';

/**
 * Connects, and begins the call that opening the popup means. Once per opening: a hang-up in here stays one. A popup that
 * opened by itself, behind a reload, has an address with `?reopened` and begins nothing.
 */
export async function openPopup(): Promise<void> {
  const [now, answer] = await Promise.all([followSettings(), store.connect()]);
  const begins = location.search === '' && beginsCall(now, answer);
  keepWarm(!begins);
  if (begins) await store.act({ type: 'start', microphone: true });
}

function openOptions(): void {
  void browser.runtime.openOptionsPage();
}

export function Popup() {
  const { phase } = useValue(store.snapshot);
  const chip = useChip(true);
  const unset = !hasRelay(useValue(settings)) && !isActive(phase);
  return (
    <main class="popup">
      <Header />
      {chip ? <chip.PageChip /> : <div class="page-chip" />}
      <div class="stage">
        <TalkButton />
        <StateWord />
        <Hint quiet={unset} />
        <Times />
      </div>
      <div class="ways">
        <ModeChoice />
        <AnswersChoice />
      </div>
      <Notice extra={unset ? { code: 'relay-unset' } : null} />
      <Beside choose={openOptions} />
      <Waiting />
      <Controls />
      <Captions />
      <Footer />
    </main>
  );
}

function Header() {
  return (
    <header>
      <Icon name="mark" />
      <h1>Parley</h1>
      <Money />
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
  const { state, mode, does } = useTalking();
  const { phase, heardNothing } = useValue(store.snapshot);
  const [shortcut, setShortcut] = useState('');
  useEffect(() => void callShortcut().then(setShortcut), []);
  // What went wrong with the last turn says what to do, too.
  if (quiet || heardNothing) return null;
  let hint = pressWord(words, does, mode);
  if (does === 'start') hint = shortcut && words.shortcutHint(shortcut);
  else if (phase === 'connecting' && state !== 'connecting') hint = words.states.connecting;
  else if (does === 'talk') hint = words.talk[turnKey(mode)].hint;
  else if (does === 'send') hint = words.dropHint;
  else if (maySayDone(state, mode)) hint = words.doneHint;
  return hint ? <p class="hint">{hint}</p> : null;
}

/** Reading waits for a click: the button of the panel's row, here too. */
function Waiting() {
  const line = waitingLine(useValue(store.snapshot));
  const tools = useTools(line !== null);
  // There from the start, so that what comes into it is announced.
  return (
    <div role="status">
      {tools && line && (
        <div class="waiting">
          <tools.ClickNeeded key={line.id} line={line} />
        </div>
      )}
    </div>
  );
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
      <button type="button" class="link" onClick={openOptions}>
        <Icon name="options" />
        {words.options}
      </button>
    </footer>
  );
}
