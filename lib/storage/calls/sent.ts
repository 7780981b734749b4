/** What the tool rows of a call sent to the model, beside its lines: the newest of it. */
import type { Sent } from '../../protocol/messages.ts';
import { asked } from './idb.ts';
import { sentRowsOf, type StoredSent } from './shapes.ts';

/** Of one call, in UTF-16 units. */
const most = 200_000;

export async function addSent(store: IDBObjectStore, callId: string, more: ReadonlyMap<string, Sent>): Promise<void> {
  const kept = sentRowsOf(await asked(store.get(callId)));
  store.put({ callId, rows: newest([...new Map([...kept, ...more])]) } satisfies StoredSent);
}

export function lengthOf({ output, image = '' }: Sent): number {
  return output.length + image.length;
}

function newest(rows: [string, Sent][]): Map<string, Sent> {
  let left = most;
  const kept = rows.toReversed().filter(([, sent]) => (left -= lengthOf(sent)) >= 0);
  return new Map(kept.toReversed());
}
