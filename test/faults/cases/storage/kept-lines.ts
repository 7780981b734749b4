/** What the database has of a call, read without a line of our own code. */
import type { Line } from '../../../../lib/protocol/snapshot.ts';
import type { Extension } from '../../../support/extension.ts';

export function keptLines({ hidden }: Extension, callId: string): Promise<Line[]> {
  return hidden.evaluate(
    (id) =>
      new Promise<Line[]>((resolve, reject) => {
        const opening = indexedDB.open('parley-calls');
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          const { result: db } = opening;
          const all = db
            .transaction('lines')
            .objectStore('lines')
            .getAll(IDBKeyRange.bound([id], [id, []]));
          all.addEventListener('success', () => {
            db.close();
            resolve(all.result.map(({ line }: { line: Line }) => line));
          });
          all.addEventListener('error', () => reject(all.error));
        });
      }),
    callId,
  );
}
