/** Has a local engine that runs with its control API misbehave, from another process. */
import { readWav } from '../../relay/local/audio/wav.ts';
import type { FaultedCall, FaultReach, SetFault, Strike } from '../../relay/local/faults/book.ts';
import type { FaultName, FaultParameters, FaultRow } from '../../relay/local/faults/list.ts';

export class Faults {
  readonly #base: string;
  readonly #key: string;

  /** `baseUrl` as the engine gives it, with `/v1`; `key` is the standard one. */
  constructor({ baseUrl, key }: { baseUrl: string; key: string }) {
    this.#base = new URL('/control', baseUrl).href;
    this.#key = key;
  }

  /** Resolves with the fault's id; rejects with the engine's sentence. */
  async add<Name extends FaultName>(
    name: Name,
    parameters: FaultParameters<Name> = {} as FaultParameters<Name>,
    reach: FaultReach = {},
  ): Promise<string> {
    const { id } = await this.#ask<{ id: string }>('POST', '/faults', { name, parameters, ...reach });
    return id;
  }

  /** One, or all. */
  async remove(id?: string): Promise<void> {
    await this.#ask('DELETE', id === undefined ? '/faults' : `/faults/${id}`);
  }

  /** The table, and what is set. */
  async list(): Promise<{ faults: FaultRow[]; set: SetFault[] }> {
    return this.#ask('GET', '/faults');
  }

  async calls(): Promise<FaultedCall[]> {
    return (await this.#ask<{ calls: FaultedCall[] }>('GET', '/calls')).calls;
  }

  async log(): Promise<Strike[]> {
    return (await this.#ask<{ log: Strike[] }>('GET', '/log')).log;
  }

  /** The last minute of what entered a call's input: 16 kHz, -1..1. */
  async sound(call: string): Promise<Float32Array> {
    const response = await this.#fetch('GET', `/calls/${call}/sound`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (!response.ok) throw new Error(new TextDecoder().decode(bytes));
    return readWav(bytes).samples;
  }

  #fetch(method: string, path: string, body?: object): Promise<Response> {
    return fetch(`${this.#base}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#key}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  async #ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const response = await this.#fetch(method, path, body);
    const text = await response.text();
    const answer = text === '' ? {} : JSON.parse(text);
    if (!response.ok) throw new Error(answer.error?.message ?? `status ${response.status}`);
    return answer as Answer;
  }
}
