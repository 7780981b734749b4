/** Sound as a bar shows it. Pure. */

/** Below this nobody speaks; above the other a voice shouts. Decibels of full scale. */
const quietDb = -55;
const loudDb = -12;

/** RMS (0 to 1) to the height of a bar (0 to 1): by decibels, because ears are logarithmic. */
export function barHeight(loudness: number): number {
  if (!(loudness > 0)) return 0;
  const db = 20 * Math.log10(loudness);
  return Math.max(0, Math.min(1, (db - quietDb) / (loudDb - quietDb)));
}

/** RMS of samples between -1 and 1. */
export function rms(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length);
}
