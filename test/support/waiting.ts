/** Waiting for what a connection's callbacks bring about, and reading the order in which its events came. */

export interface WaitOptions<Event> {
  /** Index of the first event that counts. */
  from?: number;
  where?: (event: Event) => boolean;
  timeoutMs?: number;
}

/** Anything that came may have been what was waited for: `wake()` looks again; so does every 20 ms. */
export class Waiting {
  readonly #waiters = new Set<() => void>();

  wake(): void {
    for (const wake of this.#waiters) wake();
  }

  /** Fails with what did not happen. */
  async until(condition: () => boolean, what: string | (() => string), timeoutMs = 15_000): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    while (!condition()) {
      if (performance.now() > deadline) {
        throw new Error(`Waited ${timeoutMs} ms for ${typeof what === 'string' ? what : what()}`);
      }
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          this.#waiters.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, 20);
        this.#waiters.add(wake);
      });
    }
  }

  /** The first event that fits, with its index; fails with what came instead. */
  async event<Event extends { type: string }>(
    events: readonly Event[],
    type: string,
    { from = 0, where = () => true, timeoutMs }: WaitOptions<Event> = {},
    came = (): string => inOrder(events, from).join(', '),
  ): Promise<Event & { index: number }> {
    const find = (): number => events.findIndex((event, at) => at >= from && event.type === type && where(event));
    await this.until(
      () => find() >= 0,
      () => `${type}; came: ${came()}`,
      timeoutMs,
    );
    const index = find();
    return { ...events[index]!, index };
  }
}

/** Types of events in order; runs of the same delta as one. */
export function inOrder(events: readonly { type: string }[], from = 0): string[] {
  return events
    .slice(from)
    .map(({ type }) => type)
    .filter((type, index, all) => !type.endsWith('.delta') || all[index - 1] !== type);
}
