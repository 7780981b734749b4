/** What the extension's views are told, with times, and waiting for it. */
import { changed, isChange } from '../../lib/link/change.ts';
import type { Level, Line, Snapshot } from '../../lib/protocol/snapshot.ts';

export interface Seen {
  /** Unix milliseconds. */
  at: number;
  snapshot: Snapshot;
}

export class SnapshotWatch {
  readonly seen: Seen[] = [];
  readonly levels: { at: number; level: Level }[] = [];
  readonly #listeners = new Set<(seen: Seen) => void>();

  get last(): Snapshot | null {
    return this.seen.at(-1)?.snapshot ?? null;
  }

  /** A whole snapshot, or what has changed since the last. */
  take(at: number, message: Snapshot): void {
    const snapshot = isChange(message) ? this.last && changed(this.last, message) : message;
    if (!snapshot) throw new Error(`Snapshot ${message.seq} does not follow on ${this.last?.seq}.`);
    const seen = { at, snapshot };
    this.seen.push(seen);
    for (const listener of this.#listeners) listener(seen);
  }

  takeLevel(at: number, level: Level): void {
    this.levels.push({ at, level });
  }

  /** Returns the way to stop. */
  listen(see: (seen: Seen) => void): () => void {
    this.#listeners.add(see);
    return () => this.#listeners.delete(see);
  }

  /** The last snapshot when it fits already, or the first one that does. The error says what was seen instead. */
  waitFor(fits: (snapshot: Snapshot) => boolean, timeoutMs: number, what = 'the expected state'): Promise<Snapshot> {
    if (this.last && fits(this.last)) return Promise.resolve(this.last);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`Waited ${timeoutMs} ms for ${what}. Last seen: ${describe(this.last)}`));
      }, timeoutMs);
      const stop = this.listen(({ snapshot }) => {
        if (!fits(snapshot)) return;
        clearTimeout(timer);
        stop();
        resolve(snapshot);
      });
    });
  }
}

/** One line a person can read, then the transcript. */
export function describe(snapshot: Snapshot | null): string {
  if (!snapshot) return 'no snapshot at all';
  const { phase, turn, fault, endReason, muted, lines } = snapshot;
  const state = [
    phase,
    turn,
    muted ? 'muted' : null,
    endReason,
    fault && `${fault.code} (${fault.detail ?? 'no detail'})`,
  ];
  return [state.filter(Boolean).join(', '), ...lines.map((line) => `  ${describeLine(line)}`)].join('\n');
}

export function describeLine(line: Line): string {
  if (line.kind !== 'tool') return `${line.kind} [${line.state}]: ${line.text}`;
  const source = line.source ? `, ${line.source.characters} characters of "${line.source.title}"` : '';
  const time = line.ms === undefined ? '' : `, ${Math.round(line.ms)} ms`;
  return `tool [${line.state}${line.fault ? `: ${line.fault}` : ''}]: ${line.name}(${line.arguments})${source}${time}`;
}
