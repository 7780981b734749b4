/** What went wrong in one sentence, and the one next step. */
import { useEffect, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { Fault, FaultCode } from '../../protocol/faults.ts';
import { isActive, type EndReason, type Snapshot } from '../../protocol/snapshot.ts';
import { keepPage } from '../../storage/reopen.ts';
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { faultActions, type FaultAction } from '../words/actions.ts';
import { sentenceOf } from '../words/fault.ts';
import { callWords } from '../words/words.ts';
import { useHeir } from './heir.ts';
import { useDiagnostics } from './later.ts';

function perform(action: FaultAction): void {
  switch (action) {
    // Without consent it is the page that asks for that.
    case 'agree':
    case 'allow-microphone':
      void store.act({ type: 'open-permission-page' });
      break;
    case 'connect-relay':
      void browser.tabs.create({ url: browser.runtime.getURL('/welcome.html') });
      break;
    case 'open-options':
      void browser.runtime.openOptionsPage();
      break;
    case 'new-call':
      void store.act({ type: 'start', microphone: true });
      break;
    case 'go-on':
    case 'try-again': {
      // A typed call that failed starts again as one; where no call was made, talking is meant.
      const { bootId, callId, microphone, lines } = store.snapshot.get();
      const goesOn = callId !== null && (lines.length > 0 || bootId === '') ? { resume: callId, shown: true } : {};
      void store.act({ type: 'start', microphone: callId === null || microphone, ...goesOn });
    }
  }
}

/** A call that had begun had everything it needed: it is gone on with, where it was not the person's to do something first. */
function actionOf({ code }: Fault, { phase, liveAt, lines }: Snapshot): FaultAction {
  const action = faultActions[code];
  const mayGoOn = phase === 'failed' && liveAt !== null && lines.length > 0;
  return mayGoOn && (action === 'try-again' || code === 'relay-unreachable') ? 'go-on' : action;
}

/** Nothing went wrong yet. */
const firstSteps = new Set<FaultCode>(['consent-needed', 'relay-unset', 'microphone-needed']);

export function FaultNotice({ fault }: { fault: Fault }) {
  const words = callWords.use();
  const [open, setOpen] = useState(false);
  const diagnostics = useDiagnostics(open);
  const snapshot = useValue(store.snapshot);
  const action = actionOf(fault, snapshot);
  const firstStep = firstSteps.has(fault.code);
  return (
    <section class={firstStep ? 'notice first-step' : 'notice'} role="alert" ref={useHeir()}>
      <p>
        {snapshot.away && fault === snapshot.fault && `${words.gaveUp} `}
        {sentenceOf(fault, words)}
      </p>
      <button type="button" class="primary" onClick={() => perform(action)}>
        {words.actions[action]}
      </button>
      {!firstStep && (
        <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
          <summary>{words.details}</summary>
          <code>
            {fault.code}
            {fault.detail && `: ${fault.detail}`}
            {fault.code === 'relay-origin' && ` chrome-extension://${browser.runtime.id}`}
          </code>
          {open && diagnostics && <diagnostics.DiagnosticsBox />}
        </details>
      )}
    </section>
  );
}

/** On every page that waits for answers: Parley gives none. Asked again whenever the person comes back to the page. */
export function SilentNotice() {
  const { sentence, action } = callWords.use().silent;
  const link = useValue(store.link);
  useEffect(() => {
    const look = () => void store.look();
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, []);
  if (link !== 'silent') return null;
  return (
    <section class="notice" role="alert">
      <p>{sentence}</p>
      <button type="button" class="primary" onClick={() => void reload()}>
        {action}
      </button>
    </section>
  );
}

function Ended({ reason, callId }: { reason: EndReason; callId: string | null }) {
  const words = callWords.use();
  const goesOn = reason === 'cut-off' && callId !== null;
  return (
    <>
      <p class="reason">{words.ended[reason]}</p>
      {goesOn && (
        <button type="button" class="primary" onClick={() => perform('go-on')}>
          {words.actions['go-on']}
        </button>
      )}
    </>
  );
}

async function reload(): Promise<void> {
  // What cannot be kept is no reason to stay.
  await keepPage(location.pathname + location.search + location.hash).catch(() => undefined);
  browser.runtime.reload();
}

/** The notice a view owes the person, if any. That Parley does not answer outweighs what it said last, also in a call. */
export function Notice(props: { extra?: Fault | null }) {
  const silent = useValue(store.link) === 'silent';
  return (
    <>
      <SilentNotice />
      {!silent && <CallNotice {...props} />}
    </>
  );
}

/** The call failed, or an intent did. `extra` is what the view itself knows, when there is no call. */
export function CallNotice({ extra = null }: { extra?: Fault | null }) {
  const snapshot = useValue(store.snapshot);
  const trouble = useValue(store.trouble);
  const fault = snapshot.phase === 'failed' ? snapshot.fault : trouble;
  if (fault) return <FaultNotice fault={fault} />;
  if (isActive(snapshot.phase)) return null;
  if (extra) return <FaultNotice fault={extra} />;
  const { phase, endReason, callId } = snapshot;
  return phase === 'ended' && endReason ? <Ended reason={endReason} callId={callId} /> : null;
}
