/** What a person does to past calls. All reject with `StoreError`; all are harmless for a call that is not there any more. */
import { StoreError, type Connection } from './connection.ts';
import { asked, beginningWith, done } from './idb.ts';
import { listCalls } from './read.ts';
import { limits as usual, mayGo, type Limits } from './room.ts';
import { isStoredCall, isStoredLine, type StoredCall } from './shapes.ts';
import { givenTitle, titleOf } from './title.ts';

/** An empty title gives back the call's own. */
export async function renameCall(connection: Connection, id: string, title: string): Promise<void> {
  const db = await connection.openToWrite();
  const transaction = db.transaction(['calls', 'lines'], 'readwrite');
  const given = givenTitle(title);
  const lines: unknown[] = given === '' ? await asked(transaction.objectStore('lines').getAll(beginningWith(id))) : [];
  const own = titleOf(lines.filter(isStoredLine).map(({ line }) => line));
  await change(transaction, [id], () => ({ title: given || own, named: given !== '' }));
}

/** A pinned call never goes by itself. */
export async function pinCall(connection: Connection, id: string, pinned: boolean): Promise<void> {
  const db = await connection.openToWrite();
  await change(db.transaction('calls', 'readwrite'), [id], () => ({ pinned, toldAt: null }));
}

/** The person has seen that these go next. Told again, the first time counts. */
export async function tellGoing(connection: Connection, ids: readonly string[], at: number): Promise<void> {
  const db = await connection.openToWrite();
  await change(db.transaction('calls', 'readwrite'), ids, ({ toldAt }) => ({ toldAt: toldAt ?? at }));
}

/** Lets go what was told in time, where room is needed. Resolves to what went. `exceptId`: the open call. */
export async function makeRoom(
  connection: Connection,
  at: number,
  exceptId: string | null,
  limits: Limits = usual,
): Promise<StoredCall[]> {
  const going = mayGo((await listCalls(connection)).calls, at, exceptId, limits);
  if (going.length > 0)
    await deleteCalls(
      connection,
      going.map(({ id }) => id),
    );
  return going;
}

/** With their lines, what these sent, and what a migration kept of them. An open call of that name is not kept any further. */
export async function deleteCalls(connection: Connection, ids: readonly string[]): Promise<void> {
  const db = await connection.openToWrite();
  const transaction = db.transaction(['calls', 'lines', 'sent', 'backup'], 'readwrite');
  const ended = done(transaction);
  for (const id of ids) {
    transaction.objectStore('calls').delete(id);
    transaction.objectStore('lines').delete(beginningWith(id));
    transaction.objectStore('sent').delete(id);
    const backup = transaction.objectStore('backup').index('callId').openCursor(IDBKeyRange.only(id));
    backup.addEventListener('success', () => {
      backup.result?.delete();
      backup.result?.continue();
    });
  }
  await ended.catch(rethrow);
}

/** Everything, damaged records and those of a newer Parley too. */
export async function deleteAllCalls(connection: Connection): Promise<void> {
  const { db } = await connection.open();
  const transaction = db.transaction([...db.objectStoreNames], 'readwrite');
  const ended = done(transaction);
  for (const store of db.objectStoreNames) transaction.objectStore(store).clear();
  await ended.catch(rethrow);
}

async function change(
  transaction: IDBTransaction,
  ids: readonly string[],
  by: (call: StoredCall) => Partial<StoredCall>,
): Promise<void> {
  const ended = done(transaction);
  const store = transaction.objectStore('calls');
  for (const id of ids) {
    const request: IDBRequest<unknown> = store.get(id);
    request.addEventListener('success', () => {
      const call = request.result;
      if (isStoredCall(call)) store.put({ ...call, ...by(call) });
    });
  }
  await ended.catch(rethrow);
}

function rethrow(error: unknown): never {
  const full = error instanceof DOMException && error.name === 'QuotaExceededError';
  throw new StoreError(full ? 'full' : 'unavailable', error);
}
