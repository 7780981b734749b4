/** Written by `node test/bench/page/fit.ts`, in the order of `observe` in `score.ts`; in hundredths. */
export const weights: [box: number[], hints: number[], words: number[]] = [
  [
    39, 58, 84, 54, 109, 67, 24, -2, 61, -21, -137, -5, 73, -12, -12, 5, 6, -94, 10, -31, 40, 4, 26, 61, 20, 18, -8, 36,
    17,
  ],
  [1, 38, -220, -141, -16, -44, -211, 0, -40, -123, -43, 0, -92, -81, -50, -33, -12, -33],
  [-103, 9, -16, -6, -5, 23, -32, 21, 21, -38, -97, -19, -5, 2, 2, -14, 17, 8],
];
