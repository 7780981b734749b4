/** All past calls, the newest first, or those in which something was found. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Found } from '../../storage/calls/search.ts';
import { onEscape } from '../parts/opener.ts';
import { Icon } from '../parts/icon.tsx';
import { settings } from '../settings.ts';
import { useValue } from '../value.ts';
import { excerpt, factsOf, megabytes } from '../view/past.ts';
import { pastWords } from '../words/past-words.ts';
import { PastHead } from './head.tsx';
import type { Opened } from './past-calls.tsx';
import { useKept, useSearch, useTrouble, type Kept } from './store.ts';
import { WholeList } from './whole-list.tsx';

interface ListProps {
  query: string;
  setQuery: (query: string) => void;
  /** The call that the person comes back from. */
  left: string | null;
  open: (opened: Opened) => void;
  back: () => void;
}

export function CallsList({ query, setQuery, left, open, back }: ListProps) {
  const words = pastWords.use();
  const [trouble, attempt] = useTrouble();
  const [kept, read] = useKept(attempt);
  const search = useSearch(query, kept, attempt);
  const box = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const isThere = kept !== null;
  useLayoutEffect(() => {
    const row = left && body.current?.querySelector<HTMLElement>(`[data-call="${CSS.escape(left)}"]`);
    (row || box.current)?.focus();
  }, [isThere]);
  const shown: Found[] = search?.found ?? (kept?.calls ?? []).map((call) => ({ call, hits: [] }));
  return (
    <section class="past" aria-label={words.title} onKeyDown={onEscape(query ? () => setQuery('') : back)}>
      <PastHead title={words.title} label={words.back} back={back} />
      <input
        ref={box}
        type="search"
        value={query}
        placeholder={words.search}
        aria-label={words.search}
        dir="auto"
        onInput={(event) => setQuery(event.currentTarget.value)}
      />
      <div class="past-body" ref={body}>
        {trouble && (
          <p class="problem" role="alert">
            {words.troubles[trouble]}
          </p>
        )}
        {kept && <Room kept={kept} />}
        <ol class="calls">
          {shown.map(({ call, hits }) => (
            <CallRow key={call.id} call={call} hits={hits} query={query} kept={kept} open={open} />
          ))}
        </ol>
        <State query={query} kept={kept} search={search} />
        {kept && kept.calls.length > 0 && !search && <WholeList kept={kept} attempt={attempt} read={read} />}
      </div>
    </section>
  );
}

interface RowProps extends Found {
  query: string;
  kept: Kept | null;
  open: (opened: Opened) => void;
}

function CallRow({ call, hits, query, kept, open }: RowProps) {
  const words = pastWords.use();
  const goes = kept?.room.going.some(({ id }) => id === call.id);
  return (
    <li class={goes ? 'call goes' : 'call'}>
      <button type="button" data-call={call.id} onClick={() => open({ id: call.id, place: null })}>
        <b dir="auto">{call.title || words.untitled}</b>
        <small>
          {factsOf(call, words.language)}
          {goes && <span>{words.goesNext}</span>}
          {call.pinned && (
            <span class="pinned">
              <Icon name="pin" />
              {words.pinned}
            </span>
          )}
        </small>
      </button>
      {hits.map(({ place, line }) => (
        <button key={place} type="button" class="hit" onClick={() => open({ id: call.id, place })}>
          <span dir="auto">{excerpt(line, query)}</span>
        </button>
      ))}
    </li>
  );
}

/** What goes next, and what could not be read. */
function Room({ kept: { room, skipped } }: { kept: Kept }) {
  const words = pastWords.use();
  const number = (value: number) => value.toLocaleString(words.language);
  const { going, bytes, limitBytes } = room;
  return (
    <>
      {going.length > 0 && (
        <p class="notice passing" role="status">
          {words.going(number(going.length), megabytes(bytes, words.language), megabytes(limitBytes, words.language))}
        </p>
      )}
      {skipped > 0 && <p class="help">{words.skipped(number(skipped))}</p>}
    </>
  );
}

/** In words what an empty list means. There from the start, so that it is announced. */
function State({ query, kept, search }: { query: string; kept: Kept | null; search: ReturnType<typeof useSearch> }) {
  const words = pastWords.use();
  const { keepCalls } = useValue(settings);
  let text = '';
  if (search?.searching) text = words.searching;
  else if (search) text = search.found.length === 0 ? words.nothing(query.trim()) : '';
  else if (kept?.calls.length === 0) text = words.empty[keepCalls ? 'keeps' : 'keepsNot'];
  return (
    <p class="hint" role="status">
      {text}
    </p>
  );
}
