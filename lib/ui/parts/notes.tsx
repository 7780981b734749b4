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

/** Not announced: it changes every second. */
function Left({ until }: { until: number }) {
  const left = until - useNow(true);
  return (
    <span role="timer" aria-live="off">
      {elapsed(left)}
    </span>
  );
}

/** `choose` leads to where another microphone is chosen. */
export function Notes({ choose }: { choose: () => void }) {
  const words = callWords.use().notes;
  const snapshot = useValue(store.snapshot);
  const { trouble, mayChoose, heardNothing, secondBest, limit, endsIdleAt } = notesOf(snapshot);
  const { keepTrouble } = snapshot;
  const past = usePastCalls(keepTrouble !== null);
  return (
    <>
      {endsIdleAt !== null && (
        <section class="notice passing">
          <p>
            {words.idle} <Left until={endsIdleAt} />.
          </p>
          <button type="button" class="primary" onClick={() => sayHere(snapshot)}>
            {words.here}
          </button>
        </section>
      )}
      {trouble && (
        <section class="notice passing">
          <p>{words.trouble[trouble](snapshot.microphoneName)}</p>
          {mayChoose && (
            <button type="button" onClick={choose}>
              {words.choose}
            </button>
          )}
        </section>
      )}
      {limit && <p class="limit">{words.limit[limit]}</p>}
      {heardNothing && <p class="hint">{words.heardNothing[turnKey(snapshot.talkMode)]}</p>}
      {secondBest && <p class="hint">{words.secondBest[secondBest]}</p>}
      {keepTrouble && past && <past.NotKept trouble={keepTrouble} />}
    </>
  );
}
