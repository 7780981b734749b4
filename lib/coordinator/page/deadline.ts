/** Nothing that a page takes part in is sure to settle: busy pages, navigations, `view-source:`. */

/** What `work` resolves to, or after `ms` what `late` does. */
export function within<T>(ms: number, work: Promise<T>, late: () => T | Promise<T>): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  return Promise.race([work, promise.then(late)]).finally(() => clearTimeout(timer));
}
