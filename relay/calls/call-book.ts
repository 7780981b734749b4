/** The calls that this relay opened and that do not run through it. */
import type { Who } from '../caps/who.ts';
import { errorFields, type Log } from '../log/log.ts';
import type { Listener, Moderation } from '../moderation/moderation.ts';
import type { Refusal } from '../refusal.ts';
import { Remembered } from '../remembered.ts';
import { pricesOf, type Prices } from '../usage/prices.ts';
import type { Calls, Ended } from './calls.ts';
import { Meter, type MeterParts } from './meter.ts';
import type { RunningCall, RunningCalls } from './running.ts';

/** How a call is listened to; null where a provider does not offer it. */
export type Watch = (callId: string, listener: WatchListener) => () => void;
export interface WatchListener {
  /** Whether the call is heard from now on; it is not before this has been said. */
  onSight(seen: boolean): void;
  onText(text: Parameters<Meter['heard']>[0]): void;
  /** The call is no more. Said once. */
  onEnd(): void;
}

export interface CallBookOptions extends MeterParts {
  running: RunningCalls;
  prices: Prices;
  transcriptionModel: string | null;
  /** Null: nobody looks at what is said. */
  moderation: Moderation | null;
  watch: Watch | null;
  hangUp(callId: string, who: Who): Promise<void>;
  log: Log;
  /** How often calls are looked at, ms; null: whoever made this calls `look`. Default: 5 s. */
  everyMs?: number | null;
}

/** A provider ends a session after an hour (realtime-protocol, section 2); a minute for its clock. */
const longestMs = 61 * 60_000;
/** So long nobody has looked after a call before another relay does. */
const orphanedMs = 30_000;

const atOnce = 20;

interface Entry {
  call: RunningCall;
  meter: Meter;
  known: boolean;
  stopWatching(): void;
  hangingUp: boolean;
  /** Why it must end although its meter says nothing. */
  flagged: Refusal | null;
  listener: Listener | undefined;
  /** Looks in a row at which it was not heard. */
  unheard: number;
}

export class CallBook implements Calls {
  readonly #options: CallBookOptions;
  readonly #entries = new Map<string, Entry>();
  /** Why the last call of each device was ended. */
  readonly #endings = new Remembered<Ended>(10_000);
  readonly #timer: ReturnType<typeof setInterval> | undefined;
  #looking: Promise<void> = Promise.resolve();
  #busy = false;

  constructor(options: CallBookOptions) {
    this.#options = options;
    const { everyMs = 5000 } = options;
    if (everyMs !== null) {
      this.#timer = setInterval(() => void (this.#busy || this.look()), everyMs);
      this.#timer.unref();
    }
    void this.look();
  }

  get size(): number {
    return this.#entries.size;
  }

  async opened(call: Pick<RunningCall, 'id' | 'place' | 'who' | 'model'>, known: boolean): Promise<void> {
    const now = this.#options.now();
    const running = { ...call, startedAt: now, countedUntil: now, microUsd: 0 };
    await this.#options.usage.record({ who: call.who, model: call.model, calls: 1 });
    await this.#options.running.save(running, now);
    this.#follow(running, known);
  }

  async hangUp(id: string, person: string): Promise<boolean> {
    const call = this.#entries.get(id)?.call ?? (await this.#options.running.find(id));
    if (call === null || call.who.person !== person) return false;
    await this.#options.hangUp(id, call.who);
    await this.#end(id);
    return true;
  }

  endedFor(device: string): Ended | null {
    return this.#endings.get(device) ?? null;
  }

  /** Looks after every call, and after those that another relay left behind; after a look that goes on. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#lookAtAll());
    return this.#looking;
  }

  async #lookAtAll(): Promise<void> {
    this.#busy = true;
    const { running, now, log } = this.#options;
    try {
      for (const call of await running.takeOver(now() - orphanedMs, now())) {
        if (!this.#entries.has(call.id)) this.#follow(call, call.id !== call.place);
      }
    } catch (error) {
      log.error('calls', errorFields(error));
    }
    const all = [...this.#entries.values()];
    // A few at a time, or thousands of calls would hold up everybody else's requests.
    for (let from = 0; from < all.length; from += atOnce) {
      await Promise.all(all.slice(from, from + atOnce).map((entry) => this.#lookAt(entry)));
    }
    this.#busy = false;
  }

  /** Leaves the calls to the next relay: they go on. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    for (const { stopWatching } of entries) stopWatching();
    await Promise.all(
      entries.map(async ({ call, meter }) => {
        await meter.look();
        await this.#options.running.save(withUsed(call, meter), 0);
      }),
    ).catch((error: unknown) => this.#options.log.error('calls', errorFields(error)));
  }

  #follow(call: RunningCall, known: boolean): void {
    const { caps, usage, now, mayCall, onFail, prices, transcriptionModel, moderation, watch } = this.#options;
    const meter = new Meter({
      ...call,
      caps,
      usage,
      now,
      mayCall,
      onFail,
      transcriptionModel,
      prices: pricesOf(call.model, prices),
      onOver: (why) => void this.#over(entry, why),
    });
    const listener = moderation?.listen(call.who, (why) => {
      entry.flagged = why;
      void this.#over(entry, why);
    });
    const entry: Entry = {
      call,
      meter,
      known,
      stopWatching: () => undefined,
      hangingUp: false,
      flagged: null,
      listener,
      unheard: 0,
    };
    this.#entries.set(call.id, entry);
    meter.seen = false;
    if (watch === null || !known) return;
    const stop = watch(call.id, {
      onSight: (seen) => (meter.seen = seen),
      onText: (text) => {
        meter.heard(text);
        listener?.heard(text);
      },
      onEnd: () => void this.#end(call.id),
    });
    entry.stopWatching = () => {
      stop();
      listener?.close();
    };
  }

  async #lookAt(entry: Entry): Promise<void> {
    const { running, now, log } = this.#options;
    const { call, meter, flagged, listener } = entry;
    // Once is no news: its listening may just have begun.
    entry.unheard = meter.seen ? 0 : entry.unheard + 1;
    if (entry.unheard === 2) listener?.unheard();
    try {
      await meter.look();
      if (flagged !== null) await this.#over(entry, flagged);
      if (!this.#entries.has(call.id)) return;
      // Hung up through another relay.
      const gone = (await running.find(call.id)) === null;
      if (gone || now() - call.startedAt > longestMs) await this.#end(call.id);
      else await running.save(withUsed(call, meter), now());
    } catch (error) {
      log.error('calls', errorFields(error));
    }
  }

  async #over(entry: Entry, { code, message, extras }: Refusal): Promise<void> {
    const { call, known } = entry;
    if (entry.hangingUp || !this.#entries.has(call.id)) return;
    const { hangUp, log, now } = this.#options;
    if (!known) {
      log.warn('call-over', { device: call.who.device, message: 'A call that has no id cannot be ended.' });
      return;
    }
    entry.hangingUp = true;
    try {
      const at = Math.floor(now() / 1000);
      this.#endings.set(call.who.device, { callId: call.id, at, code, message, limit: extras.limit ?? null });
      await hangUp(call.id, call.who);
      log.info('call-over', { device: call.who.device, person: call.who.person, code, message });
      await this.#end(call.id);
    } catch (error) {
      // Tried again at the next look.
      log.error('call-over', { device: call.who.device, ...errorFields(error) });
    } finally {
      entry.hangingUp = false;
    }
  }

  async #end(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    this.#entries.delete(id);
    entry?.stopWatching();
    try {
      await this.#options.running.remove(id);
      if (!entry) return;
      await entry.meter.close();
      const { device, person } = entry.call.who;
      const { ms, microUsd } = entry.meter.used;
      this.#options.log.info('call', { device, person, ms: Math.round(ms), microUsd });
    } catch (error) {
      this.#options.log.error('calls', errorFields(error));
    }
  }
}

function withUsed(call: RunningCall, meter: Meter): RunningCall {
  return { ...call, countedUntil: meter.countedUntil, microUsd: meter.used.microUsd };
}
