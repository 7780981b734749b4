/** Input samples on each side of an output sample, before the filter is widened for downsampling. */
const HALF_WIDTH = 16;

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** One filter for each fractional position: the ratio is rational, so positions repeat every `up` outputs. */
function makeFilters(up: number, down: number): Float32Array[] {
  const cutoff = Math.min(1, up / down) * 0.92;
  const half = Math.ceil(HALF_WIDTH / cutoff);
  return Array.from({ length: up }, (_none, phase) => {
    const taps = new Float32Array(2 * half).map((_zero, tap) => {
      const distance = tap - half + 1 - phase / up;
      const x = Math.PI * cutoff * distance;
      const sinc = x === 0 ? 1 : Math.sin(x) / x;
      const position = distance / half;
      // Blackman: its side lobes are below the noise of 16-bit audio.
      const window =
        Math.abs(position) >= 1
          ? 0
          : 0.42 + 0.5 * Math.cos(Math.PI * position) + 0.08 * Math.cos(2 * Math.PI * position);
      return sinc * window;
    });
    // Each filter passes a constant unchanged, or the phases would modulate the signal.
    const sum = taps.reduce((total, tap) => total + tap, 0);
    return taps.map((tap) => tap / sum);
  });
}

const known = new Map<string, Float32Array[]>();

/** Kept for the few ratios between common rates; an odd rate in a file would otherwise stay in memory for good. */
function filtersFor(up: number, down: number): Float32Array[] {
  const key = `${up}/${down}`;
  const filters = known.get(key) ?? makeFilters(up, down);
  if (up <= 480) known.set(key, filters);
  return filters;
}

/**
 * Windowed-sinc resampling of mono audio, whole clips at a time; the ends are taken to be silent beyond the clip.
 * Rates are integers in Hz; the result has `round(length * toHz / fromHz)` samples.
 */
export function resample(samples: Float32Array, fromHz: number, toHz: number): Float32Array {
  if (!Number.isInteger(fromHz) || !Number.isInteger(toHz) || fromHz <= 0 || toHz <= 0) {
    throw new RangeError(`Cannot resample from ${fromHz} Hz to ${toHz} Hz: rates are positive whole numbers.`);
  }
  if (fromHz === toHz) return samples;
  const divisor = greatestCommonDivisor(fromHz, toHz);
  const up = toHz / divisor;
  const down = fromHz / divisor;
  const filters = filtersFor(up, down);
  const half = filters[0]!.length / 2;
  const output = new Float32Array(Math.round((samples.length * up) / down));
  for (let index = 0; index < output.length; index++) {
    const position = index * down;
    const phase = position % up;
    const first = (position - phase) / up - half + 1;
    const taps = filters[phase]!;
    const from = Math.max(0, -first);
    const to = Math.min(taps.length, samples.length - first);
    let sum = 0;
    for (let tap = from; tap < to; tap++) sum += samples[first + tap]! * taps[tap]!;
    output[index] = sum;
  }
  return output;
}
