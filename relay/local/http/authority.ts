/** Who may do what: one standard key, and the ephemeral keys minted with it, each carrying its session. */
import type { Clock } from '../session/clock.ts';
import { defaultConfig, updatedConfig, type SessionConfig } from '../session/config.ts';
import type { Ids } from '../session/ids.ts';
import { EphemeralKeys, sameKey } from './keys.ts';
import { HttpRefusal } from './refusal.ts';

export interface Minted {
  value: string;
  /** Unix seconds. */
  expires_at: number;
  session: SessionConfig;
}

export class Authority {
  readonly #key: string | null;
  readonly #keys: EphemeralKeys;
  readonly #ids: Ids;

  /** `key` null takes any key for the standard one. */
  constructor(key: string | null, clock: Clock, ids: Ids) {
    this.#key = key;
    this.#keys = new EphemeralKeys(clock);
    this.#ids = ids;
  }

  /** `ttlS` in seconds. Throws a `ProtocolError` when the session is not valid. */
  mint(session: unknown, ttlS: number): Minted {
    const config = this.session(session);
    const { value, expiresAt } = this.#keys.mint(config, ttlS);
    return { value, expires_at: expiresAt, session: config };
  }

  /** A whole session from what a client wants of it. */
  session(wanted?: unknown): SessionConfig {
    const defaults = defaultConfig(this.#ids.next('sess'));
    return wanted === undefined ? defaults : updatedConfig(defaults, wanted);
  }

  /** Throws a 401 `HttpRefusal` for any other key. */
  requireStandard(given: string): void {
    if (!this.#isStandard(given)) throw wrongKey();
  }

  /** The session that comes with a key: an ephemeral key's own, a default one with the standard key. Throws a 401. */
  sessionOf(given: string): SessionConfig {
    const found = this.#keys.find(given);
    if (found === 'expired')
      throw new HttpRefusal(401, 'invalid_api_key', 'Ephemeral token expired. Please mint a new one.');
    if (found !== 'unknown') return found;
    this.requireStandard(given);
    return this.session();
  }

  #isStandard(given: string): boolean {
    return this.#key === null ? this.#keys.find(given) === 'unknown' : sameKey(given, this.#key);
  }
}

function wrongKey(): HttpRefusal {
  return new HttpRefusal(401, 'invalid_api_key', 'Incorrect API key provided.');
}
