/** One past call: its lines to read and copy, its name, and what can be done with it. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { deleteCalls, pinCall, renameCall } from '../../storage/calls/edit.ts';
import { callAsMarkdown, callsAsJson, exportName } from '../../storage/calls/export.ts';
import { readCall, readSent, type CallText } from '../../storage/calls/read.ts';
import { longestTitle } from '../../storage/calls/title.ts';
import { Lines } from '../panel/lines.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { download } from '../parts/download.ts';
import { onEscape, useOpener } from '../parts/opener.ts';
import { exportWords, factsOf } from '../view/past.ts';
import { pastWords } from '../words/past-words.ts';
import { GoOn } from './go-on.tsx';
import { PastHead } from './head.tsx';
import type { Opened } from './past-calls.tsx';
import { connection, useTrouble } from './store.ts';

type Attempt = (work: () => Promise<void>) => void;

interface PastCallProps {
  opened: Opened;
  back: () => void;
  /** To the call that goes on with this one. */
  leave: () => void;
}

export function PastCall({ opened: { id, place }, back, leave }: PastCallProps) {
  const words = pastWords.use();
  const [trouble, attempt] = useTrouble();
  const [text, setText] = useState<CallText | 'gone' | null>(null);
  const read = () => attempt(async () => setText((await readCall(connection, id)) ?? 'gone'));
  const head = useRef<HTMLElement>(null);
  useEffect(read, [id]);
  useLayoutEffect(() => head.current?.querySelector('button')?.focus(), []);
  const call = text === 'gone' ? null : text?.call;
  return (
    <section class="past" ref={head} aria-label={call?.title || words.title} onKeyDown={onEscape(back)}>
      <PastHead title={call ? call.title || words.untitled : words.title} label={words.toList} back={back} />
      {trouble && (
        <p class="problem" role="alert">
          {words.troubles[trouble]}
        </p>
      )}
      {text === 'gone' && <p role="status">{words.gone}</p>}
      {text && text !== 'gone' && (
        <>
          <GoOn id={id} leave={leave} />
          <Actions text={text} attempt={attempt} changed={read} back={back} />
          <Text text={text} place={place} />
        </>
      )}
    </section>
  );
}

/** Begins at the line that was searched for. */
function Text({ text: { call, lines, skipped }, place }: { text: CallText; place: number | null }) {
  const words = pastWords.use();
  const box = useRef<HTMLDivElement>(null);
  const toPlace = () => {
    const row = place === null ? null : box.current?.querySelectorAll('ol > .row')[place];
    row?.scrollIntoView({ block: 'center' });
  };
  return (
    <div class="transcript" ref={box} tabIndex={0} role="log" aria-live="off" aria-label={call.title || words.untitled}>
      {skipped > 0 && <p class="help">{words.skipped(skipped.toLocaleString(words.language))}</p>}
      <Lines
        lines={lines}
        past={lines.length}
        drawn={toPlace}
        sentOf={(lineId) => readSent(connection, call.id, lineId)}
      />
    </div>
  );
}

interface ActionsProps {
  text: CallText;
  attempt: Attempt;
  changed: () => void;
  back: () => void;
}

function Actions({ text: { call, lines }, attempt, changed, back }: ActionsProps) {
  const words = pastWords.use();
  const [renaming, rename] = useState(false);
  const opener = useOpener(renaming);
  const markdown = () =>
    download(exportName(call, 'md'), callAsMarkdown(call, lines, exportWords(words)), 'text/markdown');
  const json = () => download(exportName(call, 'json'), callsAsJson([{ call, lines }], Date.now()), 'application/json');
  const then = (work: Promise<void>, next: () => void) =>
    attempt(async () => {
      await work;
      next();
    });
  const save = (title: string) => {
    rename(false);
    then(renameCall(connection, call.id, title), changed);
  };
  return (
    <div class="past-actions">
      <p class="help">{factsOf(call, words.language)}</p>
      {renaming ? (
        <Name title={call.title} save={save} cancel={() => rename(false)} />
      ) : (
        <div class="buttons">
          <button ref={opener} type="button" onClick={() => rename(true)}>
            {words.rename}
          </button>
          <button type="button" onClick={() => then(pinCall(connection, call.id, !call.pinned), changed)}>
            {call.pinned ? words.unpin : words.pin}
          </button>
          <button type="button" onClick={markdown}>
            {words.exportAs.md}
          </button>
          <button type="button" onClick={json}>
            {words.exportAs.json}
          </button>
          <Confirm
            label={words.remove}
            question={words.removeAsk}
            yes={words.remove}
            no={words.cancel}
            onYes={() => then(deleteCalls(connection, [call.id]), back)}
          />
        </div>
      )}
    </div>
  );
}

/** Empty gives the call its own name back. */
function Name({ title, save, cancel }: { title: string; save: (title: string) => void; cancel: () => void }) {
  const words = pastWords.use();
  const box = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => box.current?.select(), []);
  return (
    <form
      class="field-row"
      onSubmit={(event) => {
        event.preventDefault();
        save(box.current?.value ?? '');
      }}
      onKeyDown={onEscape(cancel)}
    >
      <input ref={box} type="text" defaultValue={title} maxLength={longestTitle} aria-label={words.name} dir="auto" />
      <button type="submit" class="primary">
        {words.save}
      </button>
      <button type="button" onClick={cancel}>
        {words.cancel}
      </button>
    </form>
  );
}
