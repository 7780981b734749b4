/** What a relay asks the shared store, and whether what it answers can be counted on. */
import { randomHex } from '../team/secrets.ts';
import type { Redis } from './connect.ts';
import { comeIn } from './scripts.ts';

const rollKeys = ['relays', 'store'].map(shared);

export interface StoreLineOptions {
  client: Redis;
  /** Several processes may have one name. */
  relay: string;
  /** Tells a store that may have forgotten everything what this relay knows; may reject. */
  tellAll(): Promise<void>;
}

export class StoreLine {
  /** How many relays there were at the last answer. */
  relays = 1;
  /** Goes up with each answer: what a relay gave by itself since the last one bears its number. */
  answers = 0;
  readonly #client: Redis;
  readonly #process: string;
  readonly #tellAll: () => Promise<void>;
  #told: Promise<void> | undefined;

  constructor({ client, relay, tellAll }: StoreLineOptions) {
    this.#client = client;
    this.#process = `${relay}-${randomHex(4)}`;
    this.#tellAll = tellAll;
    client.on('ready', () => {
      this.#told = undefined;
      this.#tell().catch(() => undefined);
    });
  }

  /**
   * The answer of a script that begins with the roll call, without how many relays there are; null when it cannot be
   * counted on now: the store is down, or began anew and has not heard from all relays.
   */
  async ask(script: string, keys: readonly string[], said: readonly string[]): Promise<number[] | null> {
    try {
      await this.#tell();
      const asked = [this.#process, String(this.relays), ...said];
      const answer = await this.#client.eval(script, { keys: [...rollKeys, ...keys.map(shared)], arguments: asked });
      const [first = -1, relays = 1, ...rest] = (answer as unknown[]).map(Number);
      if (first === -2) this.#told = undefined;
      if (first < 0) return null;
      this.relays = relays;
      this.answers += 1;
      return [first, ...rest];
    } catch {
      return null;
    }
  }

  /** Once for each connection: the store may have been away, and may have forgotten everything. */
  #tell(): Promise<void> {
    this.#told ??= this.#comeIn().catch((error: unknown) => {
      this.#told = undefined;
      throw error;
    });
    return this.#told;
  }

  async #comeIn(): Promise<void> {
    // Not every store says; then only one that is empty counts as another.
    const run = await this.#client.info('server').then(
      (text) => /^run_id:(\w+)/m.exec(text)?.[1] ?? '',
      () => '',
    );
    await this.#tellAll();
    await this.#client.eval(comeIn, { keys: rollKeys, arguments: [this.#process, run] });
  }
}

/** So many keys are remembered for the time without the store. */
export const mostKeys = 100_000;

/** In one slot of a cluster: a script may touch several. */
export function shared(key: string): string {
  return `{parley}:${key}`;
}
