/** What can be done with all past calls at once. */
import { deleteAllCalls } from '../../storage/calls/edit.ts';
import { callsAsJson } from '../../storage/calls/export.ts';
import { readCall, type CallText } from '../../storage/calls/read.ts';
import type { StoredCall } from '../../storage/calls/shapes.ts';
import { Confirm } from '../parts/confirm.tsx';
import { download } from '../parts/download.ts';
import { useHeir } from '../parts/heir.ts';
import { pastWords } from '../words/past-words.ts';
import { connection, type Kept } from './store.ts';

interface WholeProps {
  kept: Kept;
  attempt: (work: () => Promise<void>) => void;
  read: () => void;
}

export function WholeList({ kept: { calls }, attempt, read }: WholeProps) {
  const words = pastWords.use();
  const exportAll = () =>
    attempt(async () => {
      const texts = await readAll(calls);
      const today = new Date().toISOString().slice(0, 10);
      download(`parley ${today}.json`, callsAsJson(texts, Date.now()), 'application/json');
    });
  const removeAll = () =>
    attempt(async () => {
      await deleteAllCalls(connection);
      read();
    });
  return (
    <div class="whole-list" ref={useHeir('.past [type=search]')}>
      <button type="button" onClick={exportAll}>
        {words.exportAll}
      </button>
      <Confirm
        label={words.removeAll}
        question={words.removeAllAsk(calls.length.toLocaleString(words.language))}
        yes={words.removeAll}
        no={words.cancel}
        onYes={removeAll}
      />
    </div>
  );
}

/** One after the other; what was deleted meanwhile is left out. */
async function readAll(calls: readonly StoredCall[]): Promise<CallText[]> {
  const texts: CallText[] = [];
  for (const { id } of calls) {
    const text = await readCall(connection, id);
    if (text) texts.push(text);
  }
  return texts;
}
