/** Where speech began and ended, as far as it matters for what may still be sent. */
import type { Onset } from './ear.ts';

interface Stretch {
  from: number;
  /** Null while it goes on. */
  to: number | null;
  sure: boolean;
}

/** Half a minute of ring holds no more. */
const mostStretches = 64;

export class SpeechLog {
  #stretches: Stretch[] = [];

  /** `position`: when it was noticed. */
  note({ kind, from }: Onset, position: number): void {
    const open = this.#open();
    if (kind === 'over') {
      if (open?.sure) open.to = position;
      else if (open) this.#stretches.pop();
    } else if (open) open.sure ||= kind === 'sure';
    else this.#stretches = [...this.#stretches, { from, to: null, sure: kind === 'sure' }].slice(-mostStretches);
  }

  /** Where the first stretch begins that has something at or after `since`. */
  firstSince(since: number): number | null {
    return this.#stretches.find(({ to }) => to === null || to > since)?.from ?? null;
  }

  get speaking(): boolean {
    return this.#open() !== undefined;
  }

  #open(): Stretch | undefined {
    const last = this.#stretches.at(-1);
    return last?.to === null ? last : undefined;
  }
}
