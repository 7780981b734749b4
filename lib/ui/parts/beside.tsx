/** The place for what is worth a word beside the talk, said politely. */
import { isActive } from '../../protocol/snapshot.ts';
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { useNotes } from './later.ts';

/** `choose` leads to where another microphone is chosen. */
export function Beside({ choose }: { choose: () => void }) {
  const { phase, keepTrouble } = useValue(store.snapshot);
  const notes = useNotes(isActive(phase) || keepTrouble !== null);
  // There from the start, so that what comes into it is announced.
  return (
    <div class="notes" role="status">
      {notes && <notes.Notes choose={choose} />}
    </div>
  );
}
