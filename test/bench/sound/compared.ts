/** Rows out of rounds: medians, side by side with a peer's of the same run, and how far the rounds were apart. */
import { percentile } from '../statistics.ts';
import type { Measured } from '../table.ts';

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** `12 (10–19)`: the median, and the range that all but the outermost tenths are in. */
export function spread(values: readonly number[]): string {
  if (values.length === 0) return 'none';
  const [middle, low, high] = [0.5, 0.1, 0.9].map((share) => Math.round(percentile(values, share)));
  return values.length === 1 ? `${middle}` : `${middle} (${low}–${high})`;
}

export interface Against {
  id: string;
  /** ms */
  ours: readonly number[];
  peer: readonly number[];
  /** The target: at most so many times the peer's, and so many ms more. */
  factor?: number;
  more?: string;
}

export function against({ id, ours, peer, factor, more }: Against): Measured {
  const theirs = median(peer);
  return {
    id,
    value: median(ours),
    unit: 'ms',
    peer: theirs,
    ...(factor === undefined ? {} : { target: { atMost: theirs * factor } }),
    note: [`ours ${spread(ours)}, peer ${spread(peer)}`, more, `n=${ours.length}`].filter(Boolean).join('; '),
  };
}
