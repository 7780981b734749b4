import { ProtocolError } from './errors.ts';
import type { Entry, Heard, Item } from './items.ts';

/** The items in order. Says nothing to the client; whoever changes it does. */
export class Conversation {
  readonly id: string;
  #entries: Entry[] = [];
  #pending = new Set<Promise<unknown>>();

  constructor(id: string) {
    this.id = id;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  get lastItemId(): string | null {
    return this.#entries.at(-1)?.item.id ?? null;
  }

  find(itemId: string): Entry | undefined {
    return this.#entries.find(({ item }) => item.id === itemId);
  }

  hasCall(callId: string): boolean {
    return this.#entries.some(({ item }) => item.type === 'function_call' && item.call_id === callId);
  }

  /**
   * Adds an item after another one (`root` is the front, undefined the end) and returns the id of the one before it.
   * Throws when the id is taken or the other one does not exist.
   */
  add(entry: Entry, after?: string): string | null {
    this.checkPlace(entry.item.id, after);
    const index = this.#indexAfter(after);
    this.#entries.splice(index, 0, entry);
    return this.#entries[index - 1]?.item.id ?? null;
  }

  /** Throws what `add` would, for an item that may not have its id yet. */
  checkPlace(id: string | undefined, after?: string): void {
    if (id !== undefined && this.find(id))
      throw new ProtocolError('item_create_duplicate_item_id', `Item with id '${id}' already exists.`, 'item.id');
    this.#indexAfter(after);
  }

  /** Replaces an item's content in place, e.g. when it is finished. */
  put(item: Item): void {
    const entry = this.find(item.id);
    if (entry) entry.item = item;
  }

  remove(itemId: string): boolean {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter(({ item }) => item.id !== itemId);
    return this.#entries.length < before;
  }

  /** Remembers that a spoken turn is being recognised, so that an answer can wait for its words. */
  await(recognition: Promise<Heard>): void {
    this.#pending.add(recognition);
    const forget = (): boolean => this.#pending.delete(recognition);
    recognition.then(forget, forget);
  }

  /** Resolves when every spoken turn so far has its words. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#pending);
  }

  #indexAfter(after: string | undefined): number {
    if (after === undefined) return this.#entries.length;
    if (after === 'root') return 0;
    const index = this.#entries.findIndex(({ item }) => item.id === after);
    if (index >= 0) return index + 1;
    throw new ProtocolError(
      'item_create_invalid_previous_item_id',
      `Previous item '${after}' does not exist.`,
      'previous_item_id',
    );
  }
}
