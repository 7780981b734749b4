/**
 * Are two pictures of a page the same to a person? Letters are smoothed a little differently by every version of a browser,
 * so it is not pixels that are compared but the mean colour of small cells, each where it fits best within a pixel around.
 */
import type { Picture } from './png.ts';

export interface Difference {
  /** Cells that a person would see to be others. */
  strong: number;
  /** Share of all cells, 0 to 1, that are a shade different. */
  slight: number;
  /** Both sizes, when they are not the same. */
  sizes: string | null;
  /** The expected picture paled, with the strong cells in red. */
  drawn: Picture;
}

/** Pixels a side. */
const cell = 8;
/** Steps of 255 in any channel: a border that moved by a pixel stays below, a letter that is gone is above. */
const strongFrom = 14;
const slightFrom = 2.5;
/** A lone letter of another shape; an icon or a word is more. */
const strongAllowed = 3;
const slightAllowed = 0.15;
/** The end of a page comes by fractions. */
const sizeAllowed = 2;

export function isSame({ strong, slight, sizes }: Difference): boolean {
  return sizes === null && strong <= strongAllowed && slight <= slightAllowed;
}

export function compare(actual: Picture, expected: Picture): Difference {
  const width = Math.min(actual.width, expected.width);
  const height = Math.min(actual.height, expected.height);
  const grew = Math.max(Math.abs(actual.width - expected.width), Math.abs(actual.height - expected.height));
  const sizes =
    grew > sizeAllowed ? `${expected.width}×${expected.height} became ${actual.width}×${actual.height}` : null;
  const drawn = paled(expected);
  let [strong, slight, cells] = [0, 0, 0];
  for (let y = 0; y < height; y += cell) {
    for (let x = 0; x < width; x += cell) {
      const box: Box = { x, y, width: Math.min(cell, width - x), height: Math.min(cell, height - y) };
      const difference = cellDifference(actual, expected, box);
      cells += 1;
      if (difference >= slightFrom) slight += 1;
      if (difference < strongFrom) continue;
      strong += 1;
      redden(drawn, box);
    }
  }
  return { strong, slight: slight / Math.max(1, cells), sizes, drawn };
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Red, green, blue. */
type Colour = [number, number, number];

function mean({ width, pixels }: Picture, box: Box): Colour {
  let [red, green, blue] = [0, 0, 0];
  for (let y = box.y; y < box.y + box.height; y += 1) {
    const row = (y * width + box.x) * 3;
    for (let at = row; at < row + box.width * 3; at += 3) {
      red += pixels[at]!;
      green += pixels[at + 1]!;
      blue += pixels[at + 2]!;
    }
  }
  const size = box.width * box.height;
  return [red / size, green / size, blue / size];
}

const inPlace: [number, number][] = [[0, 0]];
const aPixelOff: [number, number][] = [-1, 0, 1].flatMap((y) => [-1, 0, 1].map((x): [number, number] => [x, y]));

/** The least there is when the cell may lie a pixel off. */
function cellDifference(actual: Picture, expected: Picture, box: Box): number {
  const before = mean(expected, box);
  const least = (offsets: [number, number][]) =>
    Math.min(
      ...offsets
        .map(([x, y]): Box => ({ ...box, x: box.x + x, y: box.y + y }))
        .filter((moved) => isWithin(moved, actual))
        .map((moved) => distance(mean(actual, moved), before)),
    );
  const difference = least(inPlace);
  return difference < slightFrom ? difference : least(aPixelOff);
}

function isWithin({ x, y, width, height }: Box, picture: Picture): boolean {
  return x >= 0 && y >= 0 && x + width <= picture.width && y + height <= picture.height;
}

function distance(a: Colour, b: Colour): number {
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));
}

function paled({ width, height, pixels }: Picture): Picture {
  return { width, height, pixels: pixels.map((value) => 191 + (value >> 2)) };
}

function redden({ width, pixels }: Picture, box: Box): void {
  for (let y = box.y; y < box.y + box.height; y += 1) {
    for (let x = box.x; x < box.x + box.width; x += 1) pixels.set([255, 0, 0], (y * width + x) * 3);
  }
}
