/** The last ids that came, so that what comes twice is known. */

const remembered = 500;

export class Seen {
  readonly #ids = new Set<string>();

  /** False where it came before. */
  isNew(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    for (const oldest of this.#ids) {
      if (this.#ids.size <= remembered) break;
      this.#ids.delete(oldest);
    }
    return true;
  }
}
