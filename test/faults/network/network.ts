/** The network between the browser and everything else, which a case can spoil. */
import { device, layCable, nearAddress, type Cable, type End } from './cable.ts';

const ends: End[] = ['near', 'far'];
const addresses = ['10.9.0.2', '10.9.0.3'];

export class Network {
  readonly #cable: Cable;
  #address = 0;

  constructor(cable: Cable) {
    this.#cable = cable;
  }

  /** The cable is connected, as at the beginning. */
  async plugIn(): Promise<void> {
    const { far } = device;
    const { at } = this.#cable;
    await at('far', 'ip', 'addr', 'replace', `${addresses[this.#address]}/24`, 'dev', far);
    await at('far', 'ip', 'link', 'set', far, 'up');
    await at('far', 'ip', 'route', 'replace', 'default', 'via', nearAddress);
  }

  /** The browser's system knows that there is no network, and says so. */
  async unplug(): Promise<void> {
    await this.#cable.at('far', 'ip', 'link', 'set', device.far, 'down');
  }

  /** Another address in place of the one that was: what was connected from there stays without an answer. */
  async changeAddress(): Promise<void> {
    const old = addresses[this.#address];
    this.#address = 1 - this.#address;
    await this.#cable.at('far', 'ip', 'addr', 'del', `${old}/24`, 'dev', device.far);
    await this.plugIn();
  }

  /** This share of the packets, 0 to 1, each way. */
  async lose(share: number): Promise<void> {
    await this.#rule(`numgen random mod 1000 < ${Math.round(share * 1000)} drop`);
  }

  /** Nothing comes through any more, and nobody says so. */
  async cut(): Promise<void> {
    await this.#rule('drop');
  }

  /** As at firms that let only TCP through. */
  async dropUdp(): Promise<void> {
    await this.#rule('meta l4proto udp drop');
  }

  /** So many kilobits a second each way; what is more waits up to 400 ms, and is lost then. */
  async narrow(kbps: number): Promise<void> {
    const shape = ['tbf', 'rate', `${kbps}kbit`, 'burst', '3000', 'latency', '400ms'];
    for (const end of ends) await this.#cable.at(end, 'tc', 'qdisc', 'replace', 'dev', device[end], 'root', ...shape);
  }

  /** Everything comes through again. */
  async back(): Promise<void> {
    await this.#rule('');
    await this.plugIn();
    for (const end of ends) {
      // There may be none.
      await this.#cable.at(end, 'tc', 'qdisc', 'del', 'dev', device[end], 'root').catch(() => undefined);
    }
  }

  /** Where packets arrive: their sender is not told that they are gone, as it would be where they leave. */
  async #rule(rule: string): Promise<void> {
    const set = (end: End) =>
      this.#cable.at(
        end,
        'nft',
        `add table ip spoilt; delete table ip spoilt; add table ip spoilt {
        chain in { type filter hook prerouting priority -300; iifname ${device[end]} ${rule || 'accept'}; }
      }`,
      );
    await Promise.all(ends.map(set));
  }
}

let laid: Promise<Network> | undefined;

/** The one of this process, which has a namespace of its own (`apart.ts`). To be asked for before the first browser. */
export function ownNetwork(): Promise<Network> {
  return (laid ??= lay());
}

async function lay(): Promise<Network> {
  const network = new Network(await layCable());
  await network.plugIn();
  return network;
}
