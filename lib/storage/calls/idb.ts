/** IndexedDB's requests and transactions as promises: all that we need of a library. */

export function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

/** Resolves when the transaction's writes are in the database. */
export function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new DOMException('aborted', 'AbortError')));
  });
}

/** Everything whose key begins with `first`. An array sorts behind every text and number. */
export function beginningWith(first: string): IDBKeyRange {
  return IDBKeyRange.bound([first], [first, []]);
}
