/** The faults that are asked for, the calls they can reach, and what they did. */
import * as z from 'zod';
import type { Gate } from '../line/gate.ts';
import type { Clock } from '../session/clock.ts';
import { parseOrRefuse, ProtocolError } from '../session/errors.ts';
import { createIds, type Ids } from '../session/ids.ts';
import { FaultGate } from './fault-gate.ts';
import type { InputRecord, InputSummary } from './input-record.ts';
import type { Exchange, FaultKind, Transport } from './kind.ts';
import { faultNames, isFaultName, kindOf, type FaultName, type FaultParameters } from './list.ts';
import { createRandom } from './random.ts';

const MAX_FAULTS = 100;
const MAX_LOG = 1000;
/** So many calls that are over can still be listened to. */
const MAX_PAST = 8;

const reach = z.strictObject({
  calls: z.string().min(1).max(64).default('all'),
  times: z.int().min(1).optional(),
});

export interface FaultReach {
  /** `all` (those that run and those that come), `next` (the one that begins next), or the id of one that runs. */
  calls?: string;
  /** How often it strikes in all; always, when left out. */
  times?: number;
}

/** A fault that is asked for. */
export interface SetFault {
  readonly id: string;
  readonly name: FaultName;
  readonly parameters: Record<string, unknown>;
  /** `next` becomes the id of the call it was waiting for. */
  calls: string;
  /** Null: no limit. */
  timesLeft: number | null;
}

/** One thing that was done. */
export interface Strike {
  /** Unix milliseconds. */
  at: number;
  fault: string;
  name: FaultName;
  /** The call's id, or the route of an HTTP answer. */
  to: string;
  /** More, e.g. the type of the event. */
  what: string | null;
}

export interface FaultedCall {
  id: string;
  transport: Transport;
  faults: string[];
  /** What came by the UDP relay so far; null where there is none. */
  packets: { passed: number; lost: number } | null;
  /** The person's sound, as it arrived. */
  input: InputSummary;
}

/** What a test may do, in process or by the control API. */
export interface FaultControl {
  /** Throws a `ProtocolError` that names what is wrong. Returns the fault's id. */
  add<Name extends FaultName>(name: Name, parameters?: FaultParameters<Name>, reach?: FaultReach): string;
  /** Takes back one, or all. False when there is none of that id. A server that vanished is back; what is closed stays closed. */
  remove(id?: string): boolean;
  faults(): readonly Readonly<SetFault>[];
  calls(): FaultedCall[];
  /**
   * The last minute of everything that entered a call's input, as a WAV file of 16 kHz; also of the last eight calls
   * that are over. Null when there is no such call.
   */
  sound(call: string): Uint8Array | null;
  /** The last thousand, oldest first. */
  log(): readonly Strike[];
}

export class FaultBook implements FaultControl {
  readonly #clock: Clock;
  readonly #random: () => number;
  /** Own ones, so that the session's come in the same order with a fault as without. */
  readonly #ids: Ids;
  readonly #gates = new Map<string, FaultGate>();
  readonly #past = new Map<string, InputRecord>();
  #faults: SetFault[] = [];
  #log: Strike[] = [];
  readonly #closing = new AbortController();
  #count = 0;

  constructor(clock: Clock, seed?: number) {
    this.#clock = clock;
    this.#random = createRandom(seed);
    this.#ids = createIds(seed === undefined ? undefined : seed ^ 0x5eed);
  }

  add(name: string, parameters: object = {}, given: FaultReach = {}): string {
    if (!isFaultName(name)) {
      throw new ProtocolError('unknown_fault', `Unknown fault: '${name}'. Known: ${faultNames.join(', ')}.`, 'name');
    }
    const kind = kindOf(name);
    const { calls, times } = parseOrRefuse(reach, given, '');
    const checked = parseOrRefuse(kind.parameters, parameters, 'parameters');
    this.#check(name, kind, calls);
    const fault = {
      id: `fault_${(this.#count += 1)}`,
      name,
      parameters: checked,
      calls,
      timesLeft: times ?? null,
    };
    this.#faults.push(fault);
    for (const gate of this.#gates.values()) if (reaches(fault, kind, gate)) gate.add(fault, kind);
    return fault.id;
  }

  remove(id?: string): boolean {
    const gone = this.#faults.filter((fault) => id === undefined || fault.id === id);
    this.#faults = this.#faults.filter((fault) => !gone.includes(fault));
    for (const gate of this.#gates.values()) for (const fault of gone) gate.remove(fault.id);
    return id === undefined || gone.length > 0;
  }

  faults(): readonly Readonly<SetFault>[] {
    return this.#faults.map((fault) => ({ ...fault }));
  }

  calls(): FaultedCall[] {
    return [...this.#gates.values()].map(({ id, transport, faultIds, packets, input }) => ({
      id,
      transport,
      faults: faultIds,
      packets,
      input: input.summary,
    }));
  }

  sound(call: string): Uint8Array | null {
    return (this.#gates.get(call)?.input ?? this.#past.get(call))?.wav() ?? null;
  }

  log(): readonly Strike[] {
    return [...this.#log];
  }

  /** Aborted when the engine stops. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  close(): void {
    this.#closing.abort();
  }

  /** A call begins: its gate, with `inner` between it and the session. */
  open(id: string, transport: Transport, inner: Gate): FaultGate {
    const gate = new FaultGate({
      id,
      transport,
      inner,
      clock: this.#clock,
      ids: this.#ids,
      random: this.#random,
      strike: (fault, what) => this.#strike(fault, id, what),
      onClosed: () => this.#over(gate),
    });
    this.#gates.set(id, gate);
    for (const fault of this.#faults) {
      const kind = kindOf(fault.name);
      if (fault.calls === 'next' && kind.transports?.includes(transport)) fault.calls = id;
      if (reaches(fault, kind, gate)) gate.add(fault, kind);
    }
    return gate;
  }

  /** Passes an HTTP answer through the faults that are meant for it. */
  answer(exchange: Exchange): Promise<Response> {
    return this.#faults.reduceRight<() => Promise<Response>>(
      (answer, fault) => {
        const kind = kindOf(fault.name);
        const route = kind.http && (kind.routes?.(fault.parameters) ?? 'any');
        if (!kind.http || (route !== 'any' && route !== exchange.route)) return answer;
        return async () => {
          if (!this.#strike(fault, exchange.route)) return answer();
          return kind.http!(fault.parameters, { ...exchange, answer }, this.#clock);
        };
      },
      () => exchange.answer(),
    )();
  }

  /** Seconds that a key minted now is good for. */
  keyTtlS(asked: number): number {
    for (const fault of this.#faults) {
      const ttl = kindOf(fault.name).keyTtlS?.(fault.parameters);
      if (ttl !== undefined && this.#strike(fault, 'client_secrets')) return ttl;
    }
    return asked;
  }

  #check(name: FaultName, { transports, relayed }: FaultKind, calls: string): void {
    if (this.#faults.length >= MAX_FAULTS) {
      throw new ProtocolError('too_many_faults', `${MAX_FAULTS} faults are set. Take some back first.`);
    }
    if (calls === 'all') return;
    if (!transports) {
      throw new ProtocolError('invalid_value', `'${name}' is about requests, not calls. Use 'times'.`, 'calls');
    }
    if (calls === 'next') return;
    const gate = this.#gates.get(calls);
    if (!gate) throw new ProtocolError('call_id_not_found', `There is no call '${calls}'.`, 'calls');
    if (!transports.includes(gate.transport)) {
      throw new ProtocolError('invalid_value', `'${name}' does not exist on ${gate.transport}.`, 'calls');
    }
    if (relayed && gate.transport === 'webrtc' && !gate.packets) {
      const sentence = `'${name}' needs the UDP relay, which '${calls}' began without. Set 'udp-relay' before a call.`;
      throw new ProtocolError('no_udp_relay', sentence, 'calls');
    }
  }

  #over({ id, input }: FaultGate): void {
    this.#gates.delete(id);
    this.#past.set(id, input);
    for (const oldest of this.#past.keys()) {
      if (this.#past.size <= MAX_PAST) break;
      this.#past.delete(oldest);
    }
  }

  #strike(fault: SetFault, to: string, what?: string): boolean {
    if (fault.timesLeft === 0) return false;
    if (fault.timesLeft !== null) fault.timesLeft -= 1;
    this.#log.push({ at: this.#clock.unixMs(), fault: fault.id, name: fault.name, to, what: what ?? null });
    if (this.#log.length > MAX_LOG) this.#log.shift();
    return true;
  }
}

function reaches(fault: SetFault, { transports }: FaultKind, { id, transport }: FaultGate): boolean {
  return transports?.includes(transport) === true && (fault.calls === 'all' || fault.calls === id);
}
