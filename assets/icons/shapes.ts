/** The mark and its state dots as shapes on a 16 by 16 grid: whole numbers where it counts, so that 16 px stays sharp. */

export type Shape =
  | { kind: 'bar'; x: number; y: number; width: number; height: number; radius: number }
  | { kind: 'circle'; x: number; y: number; radius: number }
  | { kind: 'triangle'; points: readonly [number, number][] };

/** `paint: null` cuts a hole in everything before. */
export interface Layer {
  shape: Shape;
  paint: string | null;
}

/** Middle grey-green: three times the contrast it needs on white and on dark toolbars alike. */
const bubble = '#4a8c86';
const white = '#ffffff';

const bar = (x: number, y: number, width: number, height: number, radius: number): Shape => ({
  kind: 'bar',
  x,
  y,
  width,
  height,
  radius,
});
const circle = (x: number, y: number, radius: number): Shape => ({ kind: 'circle', x, y, radius });

/** A speech bubble with a sound in it; its tail is a bar too. */
export const mark: Layer[] = [
  { shape: bar(0, 0, 16, 13, 4.5), paint: bubble },
  { shape: bar(3, 8, 3, 8, 1.5), paint: bubble },
  { shape: bar(4, 4, 2, 5, 1), paint: white },
  { shape: bar(7, 2, 2, 9, 1), paint: white },
  { shape: bar(10, 5, 2, 4, 1), paint: white },
];

const dotCut: Layer = { shape: circle(12, 12, 5), paint: null };

/** What the toolbar icon says: each a colour and a shape of its own. */
export const states: Record<'idle' | 'live' | 'work' | 'fault', Layer[]> = {
  idle: mark,
  live: [...mark, dotCut, { shape: circle(12, 12, 4), paint: '#e5383f' }],
  work: [...mark, dotCut, { shape: circle(12, 12, 4), paint: '#d98a00' }, { shape: circle(12, 12, 2), paint: null }],
  fault: [
    ...mark,
    dotCut,
    {
      shape: {
        kind: 'triangle',
        points: [
          [12, 8],
          [16, 16],
          [8, 16],
        ],
      },
      paint: '#d02a2a',
    },
  ],
};
