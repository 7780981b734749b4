/** Watches whether somebody is there, while a call is up (`idle.ts` says what counts). */
import { hasLine } from '../protocol/snapshot.ts';
import type { CallEvent, Happening } from './events.ts';
import { idleAfter, idleFrom, idlePolicy, idleState, type Idle, type IdlePolicy } from './idle.ts';
import { idleOn } from './idle-signs.ts';
import type { CallState } from './state.ts';

export interface IdleOwner {
  state(): CallState;
  happen(happening: Happening): void;
  /** Unix milliseconds. */
  now(): number;
}

/** Of a short patience, this part is for the warning. */
const warningPart = 1 / 3;

export class IdleWatch {
  readonly #owner: IdleOwner;
  #idle: Idle | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** On our own clock. */
  #timerAt = Infinity;
  /** A recogniser is at work: what it does not make out was nothing. */
  #written = false;

  constructor(owner: IdleOwner) {
    this.#owner = owner;
  }

  /** Something happened, and the state is what it is after it. */
  after(event: CallEvent): void {
    const state = this.#owner.state();
    if (!hasLine(state.phase)) return this.#stop();
    const at = performance.now();
    if (event.type === 'news') this.#written ||= isWritten(event.news.type);
    this.#idle = this.#idle ? idleOn(this.#idle, event, state.facts, at) : idleFrom(at);
    // Where nothing is written down, a turn is all there is to know somebody by.
    const isTurn = event.type === 'news' && event.news.type === 'person-committed';
    if (isTurn && !this.#written) this.#idle = idleAfter(this.#idle, 'person', at);
    this.#look();
  }

  /** We hear for sure that somebody speaks. That counts in a turn of their own, which is written down only at its end. */
  voice(): void {
    if (!this.#idle || !this.#owner.state().facts.held) return;
    this.#idle = idleAfter(this.#idle, 'voice-in-own-turn', performance.now());
    this.#look();
  }

  #look(): void {
    const { endsIdleAt, plan } = this.#owner.state();
    if (!this.#idle) return;
    const at = performance.now();
    const { what, againMs } = idleState(this.#idle, at, policyOf(plan?.limits.idleAfterMs ?? null));
    this.#lookAgain(againMs);
    if (what === 'end') return this.#owner.happen({ type: 'idle-over' });
    if (what === 'alive' && endsIdleAt !== null) return this.#owner.happen({ type: 'idle', endsAt: null });
    if (what !== 'warn' || endsIdleAt !== null) return;
    this.#idle = idleAfter(this.#idle, 'warned', at);
    this.#owner.happen({ type: 'idle', endsAt: this.#owner.now() + (againMs ?? 0) });
  }

  /** One timer, set anew only when it is needed sooner: events come many times a second. */
  #lookAgain(inMs: number | null): void {
    if (inMs === null) return;
    const at = performance.now() + inMs;
    if (at >= this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => {
      this.#timerAt = Infinity;
      this.#look();
    }, inMs);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timerAt = Infinity;
    this.#idle = null;
    this.#written = false;
  }
}

function isWritten(type: string): boolean {
  return type === 'person-text' || type === 'person-unheard';
}

function policyOf(afterMs: number | null): IdlePolicy {
  const { warningMs } = idlePolicy;
  return { afterMs, warningMs: afterMs === null ? warningMs : Math.min(warningMs, afterMs * warningPart) };
}
