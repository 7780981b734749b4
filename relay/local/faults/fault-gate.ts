/** The gate of one call: what passes goes through the faults that are meant for it, in the order they were set. */
import type { Gate, LineHandle } from '../line/gate.ts';
import type { Mind } from '../mind/mind.ts';
import type { Clock } from '../session/clock.ts';
import type { Ids } from '../session/ids.ts';
import type { SetFault } from './book.ts';
import type { Acting, Acts, FaultKind, Message, Packet, Pass, Transport } from './kind.ts';
import { InputRecord } from './input-record.ts';
import { relayedAnswer, type UdpRelay } from './udp-relay.ts';

const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

export interface FaultGateOptions {
  id: string;
  transport: Transport;
  /** Between the session and this one. */
  inner: Gate;
  clock: Clock;
  ids: Ids;
  random: () => number;
  strike: (fault: SetFault, what?: string) => boolean;
  onClosed: () => void;
}

interface Active {
  fault: SetFault;
  kind: FaultKind;
  acts: Acts;
  stopTimers: () => void;
}

export class FaultGate implements Gate {
  readonly input = new InputRecord();
  readonly #options: FaultGateOptions;
  readonly #held = new Set<() => void>();
  #active: Active[] = [];
  #line: LineHandle | undefined;
  #relay: UdpRelay | undefined;
  #begun = false;
  #closed = false;

  constructor(options: FaultGateOptions) {
    this.#options = options;
  }

  get id(): string {
    return this.#options.id;
  }

  get transport(): Transport {
    return this.#options.transport;
  }

  get faultIds(): string[] {
    return this.#active.map(({ fault }) => fault.id);
  }

  /** Null: the call does not go through the UDP relay. */
  get packets(): { passed: number; lost: number } | null {
    return this.#relay?.packets ?? null;
  }

  /** Seconds this call's session may last, if a fault says so. */
  get limitS(): number | undefined {
    for (const { fault, kind } of this.#active) {
      const seconds = kind.sessionLimitS?.(fault.parameters);
      if (seconds !== undefined && this.#options.strike(fault)) return seconds;
    }
    return undefined;
  }

  add(fault: SetFault, kind: FaultKind): void {
    const timers = new Set<() => void>();
    const acts = kind.act?.(fault.parameters, this.#acting(fault, timers)) ?? {};
    const stopTimers = (): void => timers.forEach((stop) => stop());
    this.#active.push({ fault, kind, acts, stopTimers });
    if (this.#begun) acts.begin?.();
  }

  remove(id: string): void {
    const gone = this.#active.find(({ fault }) => fault.id === id);
    this.#active = this.#active.filter((each) => each !== gone);
    gone?.stopTimers();
    gone?.acts.undo?.();
  }

  /** The engine's mind, unless a fault has other ideas. */
  mind(mind: Mind): Mind {
    const own = mind.open?.() ?? mind;
    return {
      think: (input) => {
        for (const { acts } of this.#active) {
          const thought = acts.think?.(input);
          if (thought) return thought;
        }
        return own.think(input);
      },
    };
  }

  /** A polite peer sends nothing longer than the client says it takes; one that misbehaves has to be able to. */
  offer(sdp: string): string {
    return sdp.replaceAll(/^a=max-message-size:\d+/gm, `a=max-message-size:${MAX_MESSAGE_BYTES}`);
  }

  /** Before the client sees it: with the address of a UDP relay, where a fault acts on packets. */
  async answer(sdp: string): Promise<string> {
    if (!this.#needsRelay() || this.#closed) return sdp;
    const when = (packet: Packet): number[] =>
      this.#active.reduce<number[]>(
        (times, { acts }) =>
          acts.packet ? times.flatMap((time) => acts.packet!(packet).map((more) => time + more)) : times,
        [0],
      );
    const { answer, relay } = await relayedAnswer(sdp, when, this.#options.clock);
    // The call may have ended while the relay was made.
    if (this.#closed) relay.close();
    this.#relay = relay;
    return answer;
  }

  attach(line: LineHandle): void {
    this.#line = line;
    this.#options.inner.attach?.(line);
  }

  toClient(text: string, send: (text: string) => void): void {
    this.#options.inner.toClient(text, (passed) => {
      if (this.#closed) return;
      this.#through('toClient', passed, send);
      if (this.#begun) return;
      this.#begun = true;
      for (const { acts } of this.#active) acts.begin?.();
    });
  }

  toSession(text: string, receive: (text: string) => void): void {
    this.#through('toSession', text, (passed) => this.#options.inner.toSession(passed, receive));
  }

  soundOut<T>(sound: T, send: (sound: T) => void): void {
    this.#options.inner.soundOut(sound, send);
  }

  heard(samples: Float32Array): void {
    this.input.push(samples);
    this.#options.inner.heard?.(samples);
  }

  soundIn<T>(sound: T, receive: (sound: T) => void): void {
    this.#options.inner.soundIn(sound, receive);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { stopTimers } of this.#active) stopTimers();
    for (const stop of this.#held) stop();
    this.#relay?.close();
    this.#options.inner.close();
    this.#options.onClosed();
  }

  #needsRelay(): boolean {
    return this.#options.transport === 'webrtc' && this.#active.some(({ kind }) => kind.relayed);
  }

  #through(way: 'toClient' | 'toSession', text: string, last: (text: string) => void): void {
    // A fault may be taken back by what another one does.
    const stages = this.#active.filter(({ acts }) => acts[way]);
    if (stages.length === 0) return last(text);
    const pass = stages.reduceRight<Pass>(
      (next, { acts }) =>
        (message) =>
          acts[way]!(message, next),
      (message) => {
        if (!this.#closed) last(message.text);
      },
    );
    pass({ text, event: parsed(text) });
  }

  #acting(fault: SetFault, timers: Set<() => void>): Acting {
    const { transport, clock, ids, random, strike } = this.#options;
    const later = (ms: number, run: () => void, stops: Set<() => void>): void => {
      const stop = clock.after(ms, () => {
        stops.delete(stop);
        if (!this.#closed) run();
      });
      stops.add(stop);
    };
    return {
      transport,
      line: {
        send: (message) => {
          if (!this.#closed) this.#line?.send(message);
        },
        receive: (text) => {
          if (!this.#closed) this.#line?.receive(text);
        },
        end: (way) => this.#line?.end(way),
      },
      ids,
      random,
      strike: (what) => strike(fault, what),
      after: (ms, run) => later(ms, run, timers),
      hold: (ms, run) => later(ms, run, this.#held),
    };
  }
}

function parsed(text: string): Message['event'] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
