import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pixels, svg } from '../../../assets/icons/draw.ts';
import { mark, states, type Layer } from '../../../assets/icons/shapes.ts';

const assets = new URL('../../../assets/', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, assets));

/** RGBA of a PNG as `draw.ts` writes it: one chunk of data, rows without a filter. */
function decode(png: Buffer): { size: number; rgba: Uint8Array } {
  const size = png.readUInt32BE(16);
  const length = png.readUInt32BE(33);
  const rows = inflateSync(png.subarray(41, 41 + length));
  const rgba = new Uint8Array(size * size * 4);
  for (let row = 0; row < size; row += 1) {
    rgba.set(rows.subarray(row * (size * 4 + 1) + 1, (row + 1) * (size * 4 + 1)), row * size * 4);
  }
  return { size, rgba };
}

const drawn: [file: string, layers: Layer[], size: number][] = [
  ...[16, 32, 48, 128].map((size): [string, Layer[], number] => [`${size}`, mark, size]),
  ...Object.entries(states).flatMap(([name, layers]) =>
    [16, 32].map((size): [string, Layer[], number] => [`${name}-${size}`, layers, size]),
  ),
];

describe('the icons that ship', () => {
  it.each(drawn)('%s.png is what the shapes say; if not, run `node assets/icons/make.ts`', (file, layers, size) => {
    const png = decode(read(`public/icon/${file}.png`));
    expect(png.size).toBe(size);
    expect(Buffer.from(png.rgba).equals(pixels(layers, size))).toBe(true);
  });

  it('have their drawings beside them', () => {
    for (const [name, layers] of Object.entries(states)) expect(read(`icons/${name}.svg`).toString()).toBe(svg(layers));
  });
});

describe('the shapes on the pages', () => {
  it('exist for every icon by name', () => {
    const source = readFileSync(new URL('../lib/ui/parts/icon.tsx', assets), 'utf8');
    const names = [...source.matchAll(/\| '([a-z-]+)'/g)].map(([, name]) => name);
    const symbols = [
      ...read('public/shapes.svg')
        .toString()
        .matchAll(/<symbol id="([a-z-]+)"/g),
    ].map(([, id]) => id);
    expect(names.length).toBeGreaterThan(5);
    expect(symbols.sort()).toEqual(names.sort());
  });
});
