import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../session/clock.ts';
import type { SessionConfig } from '../session/config.ts';

/** More keys alive than this: the oldest go. */
const MAX_KEYS = 1000;

interface Grant {
  config: SessionConfig;
  expiresAt: number;
}

/** Ephemeral keys, each with the session it was minted for. Reusable until they expire; kept as hashes. */
export class EphemeralKeys {
  readonly #grants = new Map<string, Grant>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `ttlS` in seconds; `expiresAt` in unix seconds. */
  mint(config: SessionConfig, ttlS: number): { value: string; expiresAt: number } {
    const value = `ek_${randomBytes(32).toString('base64url')}`;
    const expiresAt = this.#nowS() + ttlS;
    this.#grants.set(digest(value), { config, expiresAt });
    for (const [key, grant] of this.#grants) {
      if (grant.expiresAt <= this.#nowS() || this.#grants.size > MAX_KEYS) this.#grants.delete(key);
    }
    return { value, expiresAt };
  }

  /** The session of a living key; `expired` and `unknown` are told apart as the API's messages do. */
  find(value: string): SessionConfig | 'expired' | 'unknown' {
    const grant = this.#grants.get(digest(value));
    if (!grant) return 'unknown';
    return grant.expiresAt <= this.#nowS() ? 'expired' : grant.config;
  }

  #nowS(): number {
    return Math.floor(this.#clock.unixMs() / 1000);
  }
}

/** Compares in a time that says nothing about where two keys differ. */
export function sameKey(given: string, expected: string): boolean {
  return timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(expected).digest());
}

function digest(value: string): string {
  return createHash('sha256').update(value).digest('base64');
}
