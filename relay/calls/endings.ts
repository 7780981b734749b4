import type { Ended } from './calls.ts';

const mostDevices = 10_000;

/** Why the last call of each device was ended, for those that were ended last. */
export class Endings {
  readonly #byDevice = new Map<string, Ended>();

  of(device: string): Ended | null {
    return this.#byDevice.get(device) ?? null;
  }

  remember(device: string, ended: Ended): void {
    this.#byDevice.delete(device);
    this.#byDevice.set(device, ended);
    const [oldest] = this.#byDevice.keys();
    if (this.#byDevice.size > mostDevices && oldest !== undefined) this.#byDevice.delete(oldest);
  }
}
