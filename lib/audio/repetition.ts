/** How well the end of a sound repeats what was before it: the normalised autocorrelation, and where it is highest. */
export interface Repetition {
  /** 0 to 1. */
  height: number;
  /** In samples, between them too; 0 where nothing repeats. */
  lag: number;
  /** The highest point at lags shorter than the asked ones. */
  ring: number;
}

/** Compares the last `compared` samples with those `shortest` to `longest` samples before; `sound` holds as many. */
export function repetition(
  sound: Float32Array,
  compared: number,
  [shortest, longest]: readonly [number, number],
): Repetition {
  // Lags near zero say only that sound is smooth: the curve counts from its first valley on.
  const from = shortest > compared ? shortest : 1;
  const curve = correlations(sound, compared, from, longest);
  const on = (lag: number) => curve[lag - from] ?? 0;
  const isSummit = (lag: number) => on(lag) >= on(lag - 1) && on(lag) >= on(lag + 1);
  let valley = from;
  while (valley < longest && on(valley + 1) < on(valley)) valley += 1;
  let [height, top, ring] = [0, 0, 0];
  for (let lag = valley; lag < longest; lag += 1) {
    if (!isSummit(lag)) continue;
    if (lag < shortest) ring = Math.max(ring, on(lag));
    else if (on(lag) > height) [height, top] = [on(lag), lag];
  }
  // The summit lies between the samples: a parabola through three points finds it.
  const bend = on(top - 1) - 2 * on(top) + on(top + 1);
  const lag = top > 0 && bend < 0 ? top + (0.5 * (on(top - 1) - on(top + 1))) / bend : top;
  return { height, lag, ring };
}

function correlations(sound: Float32Array, compared: number, from: number, to: number): Float32Array {
  const curve = new Float32Array(to - from + 1);
  const end = sound.length;
  const begin = end - compared;
  const at = (index: number) => sound[index] ?? 0;
  let power = 0;
  let past = 0;
  for (let index = begin; index < end; index += 1) {
    power += at(index) ** 2;
    past += at(index - from) ** 2;
  }
  for (let lag = from; lag <= to; lag += 1) {
    let product = 0;
    for (let index = begin; index < end; index += 1) product += at(index) * at(index - lag);
    curve[lag - from] = product / Math.sqrt(power * past + 1e-18);
    past = Math.max(0, past + at(begin - lag - 1) ** 2 - at(end - lag - 1) ** 2);
  }
  return curve;
}
