/** What must hold of a call at every moment of a walk. */
import { isActive, type Line, type Snapshot } from '../../../lib/protocol/snapshot.ts';
import type { World } from './world.ts';

/** From the loss of a line until it is back, or the call is honestly over. */
const mostAwayS = 60;
/** The call's own deadline, and what it takes to notice that it has passed. */
const mostConnectingS = 30;
/** For a line that was lost. */
const grantsPerMinute = 6;

export class Sanity {
  readonly #world: World;
  #shown: Snapshot;
  #since = 0;
  /** Tries before this call. */
  #triesBefore = 0;
  #wallOffMs = 0;

  constructor(world: World) {
    this.#world = world;
    this.#shown = world.call.snapshot();
    world.onPublish = (snapshot) => this.#see(snapshot);
  }

  get phase(): Snapshot['phase'] {
    return this.#shown.phase;
  }

  /** Adds what does not hold to the world's problems. */
  check(): void {
    const { call, open, provider, clock, triesAt } = this.#world;
    const { phase } = this.#shown;
    const lines = provider.openLines.length;
    const must = (holds: boolean, sentence: string) => this.#must(holds, sentence);
    this.#checkTime();
    must(open.microphones <= 1, `${open.microphones} microphones`);
    must(lines <= (phase === 'live' || phase === 'unstable' ? 2 : 1), `${lines} lines`);
    // A minute that somebody set another clock in is not counted.
    if (clock.wallOffMs !== this.#wallOffMs) this.#triesBefore = triesAt.length;
    this.#wallOffMs = clock.wallOffMs;
    const tries = this.#triesInAMinute();
    must(tries <= grantsPerMinute, `${tries} grants in a minute`);
    for (const { afterClose } of provider.lines) {
      must(afterClose.length === 0, `${afterClose.splice(0).join(', ')} on a line that was closed`);
    }
    if (isActive(phase)) return;
    const left = Object.entries(open).filter(([, count]) => count !== 0);
    must(left.length === 0, `still open: ${left.map(([name, count]) => `${count} ${name}`).join(', ')}`);
    must(!call.active, 'active');
  }

  /** Behind all: nothing is left, not even a timer. */
  checkNothingLeft(): void {
    const { provider, problems, clock } = this.#world;
    const left = { lines: provider.openLines.length, prepared: provider.prepared, timers: clock.timers };
    for (const [name, count] of Object.entries(left)) if (count !== 0) problems.push(`left behind: ${count} ${name}`);
  }

  #checkTime(): void {
    const { phase } = this.#shown;
    const seconds = Math.round((this.#world.clock.awake() - this.#since) / 1000);
    this.#must(phase !== 'reconnecting' || seconds <= mostAwayS, `no line for ${seconds} s`);
    this.#must(phase !== 'connecting' || seconds <= mostConnectingS, `coming up for ${seconds} s`);
  }

  #must(holds: boolean, sentence: string): void {
    if (!holds) this.#world.problems.push(`${sentence} while ${this.#shown.phase}`);
  }

  #see(next: Snapshot): void {
    const before = this.#shown;
    if (next.phase === 'connecting' && !isActive(before.phase)) {
      this.#triesBefore = this.#world.triesAt.length;
    }
    if (next.phase !== before.phase) {
      this.#checkTime();
      this.#since = this.#world.clock.awake();
    }
    this.#shown = next;
    const ids = next.lines.map(({ id }) => id);
    if (new Set(ids).size !== ids.length) this.#world.problems.push('a line is there twice');
    if (next.callId !== before.callId) return;
    const gone = before.lines.filter((line) => isSaid(line) && !ids.includes(line.id));
    for (const { kind, id } of gone) this.#world.problems.push(`a line has vanished: ${kind} ${id}`);
  }

  /** Of this call, since a line was lost. */
  #triesInAMinute(): number {
    return this.#world.triesAt.slice(this.#triesBefore).filter((at) => performance.now() - at < 60_000).length;
  }
}

function isSaid(line: Line): boolean {
  return line.kind === 'tool' || line.text !== '';
}
