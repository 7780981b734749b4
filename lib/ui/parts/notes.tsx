/** What is worth a word while the call goes on: a microphone in trouble, silence, money, a second-best line. Fetched with a call. */
import type { Snapshot } from '../../protocol/snapshot.ts';
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { notesOf } from '../view/notes.ts';
import { elapsed } from '../view/time.ts';
import { turnKey } from '../words/talk.ts';
import { callWords } from '../words/words.ts';
import { usePastCalls } from './later.ts';
import { useNow } from './now.ts';

/** A person did something: the call knows by any wish of theirs, so this one changes nothing else. */
function sayHere({ muted }: Pick<Snapshot, 'muted'>): void {
  void store.act({ type: 'mute', muted });
}

function allow(): void {
  void store.act({ type: 'open-permission-page' });
}

/** Unix milliseconds until a time, or since it. Not announced: it changes every second. */
function Clock({ until, since = 0 }: { until?: number; since?: number }) {
  const now = useNow(true);
  return (
    <span role="timer" aria-live="off">
      {elapsed(until === undefined ? now - since : until - now)}
    </span>
  );
}

/** Longer before its end nobody needs to think of it. */
const soonMs = 60_000;

function RelayEnds({ at }: { at: number }) {
  const { relayEnds } = callWords.use().notes;
  if (at - useNow(true) > soonMs) return null;
  return (
    <p class="limit">
      {relayEnds} <Clock until={at} />.
    </p>
  );
}

/** `choose` leads to where another microphone is chosen. */
export function Notes({ choose }: { choose: () => void }) {
  const { notes: words, actions } = callWords.use();
  const snapshot = useValue(store.snapshot);
  const { trouble, help, heardNothing, secondBest, limit, relayEndsAt, endsIdleAt, away, late } = notesOf(snapshot);
  const { keepTrouble } = snapshot;
  const past = usePastCalls(keepTrouble !== null);
  return (
    <>
      {away && (
        <section class="notice passing">
          <p>{words.away(away.spoken)}</p>
          <p class="help">
            {words.since} <Clock since={away.since} />.{' '}
            {away.triesAt !== null && (
              <>
                {words.nextTry} <Clock until={away.triesAt} />.
              </>
            )}
          </p>
        </section>
      )}
      {late === 'asked-again' && <p class="hint">{words.late[late]}</p>}
      {late === 'missing' && (
        <section class="notice passing">
          <p>{words.late[late]}</p>
          <button type="button" class="primary" onClick={() => void store.act({ type: 'ask-again' })}>
            {words.askAgain}
          </button>
        </section>
      )}
      {endsIdleAt !== null && (
        <section class="notice passing">
          <p>
            {words.idle} <Clock until={endsIdleAt} />.
          </p>
          <button type="button" class="primary" onClick={() => sayHere(snapshot)}>
            {words.here}
          </button>
        </section>
      )}
      {trouble && (
        <section class="notice passing">
          <p>{words.trouble[trouble](snapshot.microphoneName)}</p>
          {help && (
            <button type="button" onClick={help === 'choose' ? choose : allow}>
              {help === 'choose' ? words.choose : actions['allow-microphone']}
            </button>
          )}
        </section>
      )}
      {relayEndsAt !== null && <RelayEnds at={relayEndsAt} />}
      {limit && <p class="limit">{words.limit[limit]}</p>}
      {heardNothing && <p class="hint">{words.heardNothing[turnKey(snapshot.talkMode)]}</p>}
      {secondBest && <p class="hint">{words.secondBest[secondBest]}</p>}
      {keepTrouble && past && <past.NotKept trouble={keepTrouble} />}
    </>
  );
}
