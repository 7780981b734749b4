/** Exactly what each tool row sent to the model, for the person to look at. Bounded: the oldest goes first. */
import type { Sent } from '../protocol/messages.ts';

/** UTF-16 units. All of it leaves the document in one message when the call is over, and messages stay below 256 KiB. */
const mostCharacters = 200_000;

export class SentLog {
  readonly #kept = new Map<string, Sent>();
  #characters = 0;

  keep(lineId: string, sent: Sent): void {
    this.#kept.set(lineId, sent);
    this.#characters += sizeOf(sent);
    for (const [oldest, other] of this.#kept) {
      if (this.#characters <= mostCharacters || oldest === lineId) break;
      this.#kept.delete(oldest);
      this.#characters -= sizeOf(other);
    }
  }

  of(lineId: string): Sent | null {
    return this.#kept.get(lineId) ?? null;
  }

  all(): Record<string, Sent> {
    return Object.fromEntries(this.#kept);
  }

  clear(): void {
    this.#kept.clear();
    this.#characters = 0;
  }
}

function sizeOf({ output, image }: Sent): number {
  return output.length + (image?.length ?? 0);
}
