/** A microphone in trouble, a turn without words, a line that is second best: said politely, and the call goes on. */
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { notesOf } from '../view/notes.ts';
import { turnKey } from '../words/talk.ts';
import { callWords } from '../words/words.ts';

/** `choose` leads to where another microphone is chosen. */
export function Notes({ choose }: { choose: () => void }) {
  const words = callWords.use().notes;
  const snapshot = useValue(store.snapshot);
  const { trouble, mayChoose, heardNothing, secondBest } = notesOf(snapshot);
  // There from the start, so that what comes into it is announced.
  return (
    <div class="notes" role="status">
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
      {heardNothing && <p class="hint">{words.heardNothing[turnKey(snapshot.talkMode)]}</p>}
      {secondBest && <p class="hint">{words.secondBest[secondBest]}</p>}
    </div>
  );
}
