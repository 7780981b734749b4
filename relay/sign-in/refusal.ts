/** Why a sign-in came to nothing. Shown as a page, in the words of `words.ts`. */

/** `over`: never begun here, finished before, or too late. `failed`: the provider said something that cannot be taken. */
export type Why = 'over' | 'cancelled' | 'notAllowed' | 'unreachable' | 'failed' | 'busy';

export const statuses = {
  over: 400,
  cancelled: 403,
  notAllowed: 403,
  unreachable: 502,
  failed: 502,
  busy: 429,
} as const satisfies Record<Why, number>;

export interface SignInExtras {
  /** Who was not let in, as the provider calls them. */
  who?: string;
  /** Whole seconds, for `busy`. */
  waitS?: number;
  /** For the log only: a name, never a text. */
  reason?: string;
  /** It could have been a guess: counted like a wrong token. */
  guess?: boolean;
}

export class SignInRefusal extends Error {
  readonly why: Why;
  readonly extras: SignInExtras;
  constructor(why: Why, extras: SignInExtras = {}) {
    super(why);
    this.name = 'SignInRefusal';
    this.why = why;
    this.extras = extras;
  }

  /** As logs and metrics have it. */
  get code(): string {
    return `sign_in_${this.why.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
  }
}
