import { Refusal } from '../refusal.ts';

/** How many sockets each device has: open, or on their way. */
export class Places {
  readonly #taken = new Map<string, number>();
  readonly #each: number;

  constructor(each: number) {
    this.#each = each;
  }

  /** Returns the way to give the place back, harmless when repeated. Throws `rate_limited` when there is none. */
  take(deviceId: string): () => void {
    const taken = this.#taken.get(deviceId) ?? 0;
    if (taken >= this.#each) {
      const words = `This device has ${taken} calls open through the relay already. End one, or try again in 5 s.`;
      const limit = { of: 'device', what: 'calls', per: null, most: this.#each, resetsAt: null } as const;
      throw new Refusal('rate_limited', words, { retryAfterS: 5, limit });
    }
    this.#taken.set(deviceId, taken + 1);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const left = (this.#taken.get(deviceId) ?? 1) - 1;
      if (left > 0) this.#taken.set(deviceId, left);
      else this.#taken.delete(deviceId);
    };
  }
}
