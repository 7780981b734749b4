/** The arithmetic of the benchmarks. */

/** Nearest rank: the smallest value that `share` (0..1) of all are not above. NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** An RTP packet as it came: performance.now(), and RTP's own sequence (16 bits) and timestamp (48 kHz, 32 bits). */
export interface Arrival {
  at: number;
  sequence: number;
  timestamp: number;
}

const TICKS_PER_MS = 48;

/**
 * How much later than the schedule in their timestamps packets came, ms, each compared with the most punctual one of the
 * same half minute: two clocks drift apart over longer times.
 */
export function lateness(arrivals: readonly Arrival[], windowMs = 30_000): number[] {
  const [first] = arrivals;
  if (!first) return [];
  const windows = new Map<number, number[]>();
  for (const { at, timestamp } of arrivals) {
    const sent = ((timestamp - first.timestamp) | 0) / TICKS_PER_MS;
    const window = Math.floor((at - first.at) / windowMs);
    const offsets = windows.get(window) ?? [];
    offsets.push(at - sent);
    windows.set(window, offsets);
  }
  return [...windows.values()].flatMap((offsets) => {
    const punctual = Math.min(...offsets);
    return offsets.map((offset) => offset - punctual);
  });
}

/** Packets that never came, by the gaps in their sequence; late and doubled ones are no loss. */
export function lost(arrivals: readonly Arrival[]): number {
  const [first] = arrivals;
  if (!first) return 0;
  const seen = new Set<number>();
  let last = 0;
  for (const { sequence } of arrivals) {
    // Unwrapped: the distance to the highest so far, as a signed 16-bit number.
    const distance = ((sequence - first.sequence - last) << 16) >> 16;
    seen.add(last + distance);
    if (distance > 0) last += distance;
  }
  const positions = [...seen];
  return Math.max(...positions) - Math.min(...positions) + 1 - seen.size;
}

/** Frames of this length are listened to as a whole: a click is no voice. */
const FRAME_MS = 20;

/** RMS, 0..1. */
function loudness(samples: Int16Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length)) / 0x8000;
}

/** From the first to the end of the last 20 ms louder than `threshold` (RMS), in ms; null in silence. */
export function audibleSpan(
  samples: Int16Array,
  rate: number,
  threshold: number,
): { startMs: number; endMs: number } | null {
  const length = (rate * FRAME_MS) / 1000;
  const audible = Array.from(
    { length: Math.ceil(samples.length / length) },
    (_none, index) => loudness(samples.subarray(index * length, (index + 1) * length)) > threshold,
  );
  if (!audible.includes(true)) return null;
  return { startMs: audible.indexOf(true) * FRAME_MS, endMs: (audible.lastIndexOf(true) + 1) * FRAME_MS };
}
