/** Hz. The Realtime API's own rate for PCM: nothing between microphone and line is resampled twice. */
export const earRate = 24_000;

/** 10 ms, the detector's step: short enough that three of them decide within a blink. */
export const frameSamples = 240;

/** How much of the microphone is remembered, in samples: 30 s. */
export const ringSamples = 30 * earRate;

/** So much quiet ends speech: its end is told that much later than it was. */
export const quietEndsMs = 300;
