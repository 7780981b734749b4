/** Where it is counted what calls use, and how many there are at once. Any number of relays may share one. */

/** One count that a place must fit in. */
export interface Pot {
  key: string;
  /** So many places there are. */
  most: number;
}

export interface Addition {
  key: string;
  /** Whole; what of is said by the key. */
  amount: number;
  /** Ms since 1970: from then on nobody asks for it. */
  until: number;
}

/** One count of calls that may come to `most`, and to no more. */
export interface Budget {
  key: string;
  most: number;
  /** Ms since 1970: from then on nobody asks for it. */
  until: number;
}

export interface Ledger {
  /**
   * Takes a place in each of the pots, or in none. Resolves with null, or with the key of the first pot that is full. A
   * place that is not kept is free again after `ttlMs`, so that a relay that dies leaves no place taken.
   */
  take(place: string, pots: readonly Pot[], ttlMs: number): Promise<string | null>;
  keep(place: string, keys: readonly string[], ttlMs: number): Promise<void>;
  leave(place: string, keys: readonly string[]): Promise<void>;
  count(additions: readonly Addition[]): Promise<void>;
  /** Adds one to each of the budgets, or to none. Resolves with null, or with the key of the first that is used up. */
  spend(budgets: readonly Budget[]): Promise<string | null>;
  /** In the order of the keys; 0 for what was never counted. */
  totals(keys: readonly string[]): Promise<number[]>;
  /** Rejects when it cannot be counted on now. */
  ready(): Promise<void>;
}
