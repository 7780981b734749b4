/**
 * A call prepared before it is wanted: the grant, and where a waiting session costs nothing, the open session. Nothing of
 * it outlives two idle minutes, and the secret lives here only.
 */
import { faultOf } from '../protocol/faults.ts';
import type { Grant } from '../protocol/grant.ts';
import type { CallPlan } from '../protocol/messages.ts';
import type { News } from '../session/news.ts';
import type { Session, SessionParts } from '../session/session.ts';
import type { ToolDefinition, Wishes } from '../protocol/wishes.ts';
import { wishesOf } from './wishes.ts';

export interface WarmParts {
  requestGrant(relay: Pick<CallPlan, 'relayUrl' | 'deviceToken'>, wishes: Wishes, signal: AbortSignal): Promise<Grant>;
  openSession(parts: SessionParts): Promise<Session>;
  /** Resolves when the relay answers at all. */
  untilReachable(relay: Pick<CallPlan, 'relayUrl' | 'deviceToken'>, signal: AbortSignal): Promise<void>;
  ways: SessionParts['ways'];
  tools: ToolDefinition[];
  /** Relays, by address, that are known to take an offer themselves. */
  oneTrip: { has(relayUrl: string): boolean; add(relayUrl: string): void; remove(relayUrl: string): void };
  log(line: string): void;
  now(): number;
  /** Nothing is warm any more, and nobody took it. */
  cooled(): void;
}

/** What a call wants to hear of its session. */
export type Listener = Pick<SessionParts, 'news' | 'voice'>;

/** Opening popup or panel again begins them anew. */
const idleMs = 120_000;
/** A provider that has not greeted us by then will not. */
const muteMs = 10_000;
/** A grant is used for this part of its lifetime, so that it does not expire on its way. */
const usablePart = 0.8;

interface Warmed {
  key: string;
  grant: Promise<Grant>;
  askedAt: number;
  session: Promise<Session> | null;
  inlet: Inlet;
  life: AbortController;
}

export class WarmLine {
  readonly #parts: WarmParts;
  #warmed: Warmed | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: WarmParts) {
    this.#parts = parts;
  }

  /** Is there something that a call could take? */
  get isWarm(): boolean {
    return this.#warmed !== null;
  }

  warm(plan: CallPlan): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#cool(), idleMs);
    const key = keyOf(plan, this.#parts.tools);
    const stale = this.#warmed && this.#parts.now() - this.#warmed.askedAt > idleMs;
    if (this.#warmed?.key === key && !stale) return;
    this.#drop();
    this.#warmed = this.#begin(plan, key);
  }

  /**
   * Opens a session for a call: the warm one, one with the warm grant, or a new one. Rejects with a FaultError.
   * `signal` ends the attempt while opening. `again`: a line was lost, and perhaps the network with it.
   */
  async open(plan: CallPlan, listener: Listener, signal: AbortSignal, again = false): Promise<Session> {
    clearTimeout(this.#timer);
    const warmed = this.#warmed;
    this.#warmed = null;
    if (warmed && warmed.key === keyOf(plan, this.#parts.tools)) {
      const session = await this.#adopt(warmed, listener, signal);
      if (session) return session;
      const grant = await usable(warmed, this.#parts.now());
      if (grant) return this.#openFresh(plan, () => Promise.resolve(grant), listener, signal);
    } else if (warmed) close(warmed);
    signal.throwIfAborted();
    if (again) await this.#parts.untilReachable(plan, signal);
    return this.#openFresh(plan, () => this.#ask(plan, signal), listener, signal);
  }

  /** A grant says what its relay can do. */
  learn(relayUrl: string, { calls, transports }: Pick<Grant, 'calls' | 'transports'>): void {
    const { oneTrip } = this.#parts;
    const negotiated = transports.some(({ kind, negotiated: takes }) => kind === 'webrtc' && takes === true);
    const note = (name: string, holds: boolean) => (holds ? oneTrip.add(name) : oneTrip.remove(name));
    note(relayUrl, calls === true);
    note(withChannel(relayUrl), calls === true && negotiated);
  }

  /** Harmless when nothing is warm. */
  close(): void {
    clearTimeout(this.#timer);
    this.#drop();
  }

  #begin(plan: CallPlan, key: string): Warmed {
    const { now, log } = this.#parts;
    const life = new AbortController();
    const grant = this.#ask(plan, life.signal);
    const inlet = new Inlet(() => {
      // The provider has closed what waited.
      if (this.#warmed === warmed) this.#cool();
    });
    const session = grant.then(({ freeWhileIdle }) =>
      freeWhileIdle ? this.#openNew(plan, () => grant, inlet, life.signal) : null,
    );
    const warmed: Warmed = {
      key,
      grant,
      askedAt: now(),
      session: session.then((opened) => opened ?? Promise.reject(new Error('not free while idle'))),
      inlet,
      life,
    };
    warmed.session?.catch((error: unknown) => {
      if (!life.signal.aborted) log(`not opened beforehand: ${faultOf(error).detail ?? ''}`);
    });
    // Nothing came of it: the next attempt, or the call itself, will say why.
    grant.catch(() => this.#warmed === warmed && this.#cool());
    return warmed;
  }

  async #adopt(warmed: Warmed, listener: Listener, signal: AbortSignal): Promise<Session | null> {
    const giveUp = () => close(warmed);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      const session = await warmed.session;
      if (!session || warmed.inlet.lost) return null;
      if (warmed.inlet.isMute && this.#parts.now() - warmed.askedAt > muteMs) {
        session.close();
        return null;
      }
      warmed.inlet.lead(listener);
      return session;
    } catch {
      return null;
    } finally {
      signal.removeEventListener('abort', giveUp);
      signal.throwIfAborted();
    }
  }

  async #ask(plan: CallPlan, signal: AbortSignal): Promise<Grant> {
    const { requestGrant, tools } = this.#parts;
    const grant = await requestGrant(plan, wishesOf(plan, tools), signal);
    this.learn(plan.relayUrl, grant);
    return grant;
  }

  /** A secret that the provider refuses may have expired on its way: another is asked for, once. */
  async #openFresh(plan: CallPlan, grant: () => Promise<Grant>, listener: Listener, signal: AbortSignal) {
    let given = false;
    const noted = async () => {
      const taken = await grant();
      given = true;
      return taken;
    };
    try {
      return await this.#openNew(plan, noted, listener, signal);
    } catch (error) {
      if (!given || signal.aborted || faultOf(error).code !== 'provider-refused') throw error;
      return this.#openNew(plan, () => this.#ask(plan, signal), listener, signal);
    }
  }

  #openNew(plan: CallPlan, grant: () => Promise<Grant>, listener: Listener, signal: AbortSignal): Promise<Session> {
    const { openSession, ways, log, oneTrip, tools } = this.#parts;
    return openSession({
      ...listener,
      grant,
      byRelay: oneTrip.has(plan.relayUrl)
        ? { wishes: wishesOf(plan, tools), negotiated: oneTrip.has(withChannel(plan.relayUrl)) }
        : null,
      ways,
      log,
      signal,
      relay: plan,
      only: plan.transport === 'auto' ? null : plan.transport,
      typed: !plan.microphone,
    });
  }

  #cool(): void {
    clearTimeout(this.#timer);
    this.#drop();
    this.#parts.cooled();
  }

  #drop(): void {
    if (this.#warmed) close(this.#warmed);
    this.#warmed = null;
  }
}

/** Under this name: its provider takes a negotiated channel too. */
function withChannel(relayUrl: string): string {
  return `${relayUrl} dcid`;
}

/** Keeps what comes until somebody listens. */
class Inlet implements Listener {
  #waiting: News[] = [];
  #voice: MediaStream | null = null;
  #listener: Listener | null = null;
  readonly #gone: () => void;
  lost = false;

  constructor(gone: () => void) {
    this.#gone = gone;
  }

  /** Nothing has come yet. */
  get isMute(): boolean {
    return this.#waiting.length === 0;
  }

  readonly news = (news: News): void => {
    if (this.#listener) return this.#listener.news(news);
    this.#waiting.push(news);
    if (news.type !== 'lost') return;
    this.lost = true;
    this.#gone();
  };

  readonly voice = (stream: MediaStream): void => {
    this.#voice = stream;
    this.#listener?.voice(stream);
  };

  lead(listener: Listener): void {
    this.#listener = listener;
    if (this.#voice) listener.voice(this.#voice);
    for (const news of this.#waiting.splice(0)) listener.news(news);
  }
}

function close({ life, session }: Warmed): void {
  life.abort();
  session?.then(
    (opened) => opened.close(),
    () => undefined,
  );
}

async function usable({ grant, askedAt }: Warmed, now: number): Promise<Grant | null> {
  const given = await grant.catch(() => null);
  if (!given?.issuedAt) return null;
  const lifetimeMs = (given.expiresAt - given.issuedAt) * 1000;
  return now - askedAt < lifetimeMs * usablePart ? given : null;
}

/** A prepared call fits when everything that the relay and the line were told is the same. */
function keyOf(plan: CallPlan, tools: ToolDefinition[]): string {
  const { relayUrl, deviceToken, transport } = plan;
  return JSON.stringify([relayUrl, deviceToken, transport, wishesOf(plan, tools)]);
}
