import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compare, isSame } from '../../support/pictures/compare.ts';
import { readPng, writePng, type Picture } from '../../support/pictures/png.ts';

type Rgb = [number, number, number];
const paper: Rgb = [252, 251, 249];
const field: Rgb = [242, 240, 236];
const ink: Rgb = [31, 28, 25];
const red: Rgb = [200, 35, 44];
const green: Rgb = [23, 115, 74];

function blank(width: number, height: number): Picture {
  return fill({ width, height, pixels: new Uint8Array(width * height * 3) }, 0, 0, width, height, paper);
}

function fill(picture: Picture, x: number, y: number, width: number, height: number, colour: Rgb): Picture {
  for (let row = y; row < y + height; row += 1) {
    for (let column = x; column < x + width; column += 1)
      picture.pixels.set(colour, (row * picture.width + column) * 3);
  }
  return picture;
}

/** Strokes two pixels wide, as many of them as letters have. */
function write(picture: Picture, x: number, y: number, letters: number, colour: Rgb): void {
  for (let letter = 0; letter < letters; letter += 1) {
    fill(picture, x + letter * 8, y, 2, 10, colour);
    fill(picture, x + letter * 8, y + (letter % 3) * 4, 6, 2, colour);
  }
}

interface Drawn {
  top?: number;
  button?: boolean;
  icon?: Rgb;
  words?: Rgb;
  /** Steps of 255: the card's colour is off by so much. */
  shade?: number;
}

/** A card with two lines, an icon, and a button. */
function draw({ top = 0, button = true, icon = red, words = ink, shade = 0 }: Drawn = {}): Picture {
  const picture = blank(360, 240);
  fill(picture, 12, 12, 336, 200, field.map((value) => value - shade) as Rgb);
  fill(picture, 24, 24 + top, 20, 20, icon);
  write(picture, 56, 28 + top, 30, words);
  write(picture, 24, 60 + top, 34, words);
  if (button) fill(picture, 24, 100 + top, 90, 32, ink);
  return picture;
}

/** As another version of a browser would: every edge a little softer, every line a fraction lower. */
function smoothed({ width, height, pixels }: Picture): Picture {
  const softer = pixels.map((value, at) => {
    const above = pixels[at - width * 3] ?? value;
    const right = pixels[at + 3] ?? value;
    return Math.round(value * 0.6 + above * 0.25 + right * 0.15);
  });
  return { width, height, pixels: softer };
}

const same = (actual: Picture) => isSame(compare(actual, draw()));

describe('two pictures of a page are the same', () => {
  it('when they are equal', () => expect(same(draw())).toBe(true));
  it('when letters and edges are smoothed differently', () => expect(same(smoothed(draw()))).toBe(true));
  it('when everything lies a pixel lower', () => expect(same(draw({ top: 1 }))).toBe(true));
  it('when the page ends a pixel earlier', () => {
    expect(isSame(compare({ ...draw(), height: 239 }, draw()))).toBe(true);
  });
});

describe('two pictures of a page are not the same', () => {
  it('when a button is missing', () => expect(same(draw({ button: false }))).toBe(false));
  it('when an icon has another colour', () => expect(same(draw({ icon: green }))).toBe(false));
  it('when words have another colour', () => expect(same(draw({ words: red }))).toBe(false));
  it('when a block lies six pixels lower', () => expect(same(draw({ top: 6 }))).toBe(false));
  it('when a card is a shade darker', () => expect(same(draw({ shade: 6 }))).toBe(false));
  it('when the page is longer, and says how much', () => {
    const difference = compare(blank(360, 260), blank(360, 240));
    expect(isSame(difference)).toBe(false);
    expect(difference.sizes).toBe('360×240 became 360×260');
  });

  it('and the cells that differ are red in what is drawn', () => {
    const { drawn } = compare(draw({ button: false }), draw());
    const colourAt = (x: number, y: number) =>
      Array.from(drawn.pixels.subarray((y * 360 + x) * 3, (y * 360 + x) * 3 + 3));
    expect(colourAt(60, 116)).toEqual([255, 0, 0]);
    expect(colourAt(200, 116)).not.toEqual([255, 0, 0]);
  });
});

describe('a picture as a file', () => {
  it('comes back as it was', () => {
    expect(readPng(writePng(draw()))).toEqual(draw());
  });

  it('keeps the colours of few pixels among hundreds of smoothed edges', () => {
    const picture = blank(320, 40);
    for (let x = 0; x < 256; x += 1) fill(picture, x, 0, 1, 20, [x, x, x]);
    fill(picture, 300, 30, 2, 2, [29, 91, 191]);
    const { pixels } = readPng(writePng(picture));
    const at = (30 * 320 + 300) * 3;
    expect(Array.from(pixels.subarray(at, at + 3))).toEqual([29, 91, 191]);
    expect(Math.max(...pixels.map((value, index) => Math.abs(value - picture.pixels[index]!)))).toBeLessThanOrEqual(16);
  });

  it('is read whichever way its rows were written', () => {
    // Two pixels a row; what each row is more than it was expected to be, by the five ways there are.
    const rows = [
      [0, 10, 20, 30, 40, 50, 60],
      [1, 10, 20, 30, 30, 30, 30],
      [2, 0, 0, 0, 0, 0, 0],
      [3, 5, 10, 15, 15, 15, 15],
      [4, 0, 0, 0, 0, 0, 0],
    ];
    const { pixels } = readPng(png(2, 5, 2, deflateSync(Buffer.from(rows.flat()))));
    expect([...pixels]).toEqual(rows.flatMap(() => [10, 20, 30, 40, 50, 60]));
  });

  it('is refused when it is another kind', () => {
    expect(() => readPng(Buffer.from('not a picture'))).toThrow('not a PNG');
    expect(() => readPng(png(1, 1, 0, deflateSync(Buffer.alloc(2))))).toThrow('Not the kind');
  });
});

function png(width: number, height: number, colour: number, data: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, colour, 0, 0, 0], 8);
  const chunk = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, Buffer.from(type, 'latin1'), body, Buffer.alloc(4)]);
  };
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', head), chunk('IDAT', data)]);
}
