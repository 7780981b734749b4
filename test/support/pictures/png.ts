/** PNG files, as much of them as pictures of pages need: 8 bits a channel, not interlaced, nothing seen through. */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** `pixels`: red, green, blue; row by row. */
export interface Picture {
  width: number;
  height: number;
  pixels: Uint8Array;
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
const channelsOf: Record<number, number> = { 2: 3, 3: 1, 6: 4 };

/** Throws for any other kind of PNG. */
export function readPng(file: Uint8Array): Picture {
  const bytes = Buffer.from(file);
  if (!bytes.subarray(0, 8).equals(signature)) throw new Error('This is not a PNG.');
  const chunks: [string, Buffer][] = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    chunks.push([bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length)]);
    at += length + 12;
  }
  const all = (type: string) => Buffer.concat(chunks.filter(([each]) => each === type).map(([, data]) => data));
  const head = all('IHDR');
  const [width, height, depth, colour, interlace] = [
    head.readUInt32BE(0),
    head.readUInt32BE(4),
    head[8],
    head[9]!,
    head[12],
  ];
  const perPixel = channelsOf[colour];
  if (depth !== 8 || !perPixel || interlace !== 0) throw new Error(`Not the kind of PNG that is read here: ${colour}.`);
  const rows = unfilter(inflateSync(all('IDAT')), width * perPixel, height, perPixel);
  const palette = colour === 3 ? all('PLTE') : null;
  const pixels = new Uint8Array(width * height * 3);
  for (let index = 0; index < width * height; index += 1) {
    const from = palette ? rows[index]! * 3 : index * perPixel;
    pixels.set((palette ?? rows).subarray(from, from + 3), index * 3);
  }
  return { width, height, pixels };
}

/** Each byte was written as what it is more than its neighbours let expect: those to the left, above, and between. */
function unfilter(data: Buffer, rowBytes: number, height: number, back: number): Buffer {
  const rows = Buffer.alloc(rowBytes * height);
  for (let y = 0; y < height; y += 1) {
    const from = y * (rowBytes + 1) + 1;
    const expect = expectations[data[from - 1]!]!;
    const start = y * rowBytes;
    for (let x = 0; x < rowBytes; x += 1) {
      const left = x >= back ? rows[start + x - back]! : 0;
      const above = y > 0 ? rows[start + x - rowBytes]! : 0;
      const corner = x >= back && y > 0 ? rows[start + x - rowBytes - back]! : 0;
      rows[start + x] = data[from + x]! + expect(left, above, corner);
    }
  }
  return rows;
}

/** By the number in front of each row. */
const expectations: ((left: number, above: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_, above) => above,
  (left, above) => (left + above) >> 1,
  (left, above, corner) => {
    const [toLeft, toAbove] = [Math.abs(above - corner), Math.abs(left - corner)];
    const toCorner = Math.abs(left + above - 2 * corner);
    if (toLeft <= toAbove && toLeft <= toCorner) return left;
    return toAbove <= toCorner ? above : corner;
  },
];

/** In the colours that are most of it; the others, of which smoothed edges have hundreds, become the nearest of them. */
export function writePng({ width, height, pixels }: Picture): Buffer {
  const { palette, indices } = reduced(pixels);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const data = deflateSync(rows, { level: 9 });
  const chunks = [chunk('IHDR', head), chunk('PLTE', palette), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...chunks]);
}

/** The colours of areas are kept as they are; among those of edges, which are many, one stands for its like. */
const exactColours = 16;
const alike = 16;

function reduced(pixels: Uint8Array): { palette: Buffer; indices: Uint8Array } {
  const colourAt = (index: number) => (pixels[index]! << 16) | (pixels[index + 1]! << 8) | pixels[index + 2]!;
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += 3) counts.set(colourAt(at), (counts.get(colourAt(at)) ?? 0) + 1);
  const colours = [...counts].sort(([a, few], [b, many]) => many - few || a - b).map(([colour]) => colour);
  const palette = colours.slice(0, exactColours);
  const indexOf = new Map(palette.map((colour, index) => [colour, index]));
  for (const colour of colours.slice(exactColours)) {
    const like = nearest(palette, colour);
    const isNew = palette.length < 256 && distance(palette[like]!, colour) > alike;
    indexOf.set(colour, isNew ? palette.push(colour) - 1 : like);
  }
  const indices = new Uint8Array(pixels.length / 3);
  for (let at = 0; at < pixels.length; at += 3) indices[at / 3] = indexOf.get(colourAt(at))!;
  return { palette: Buffer.from(palette.flatMap(channels)), indices };
}

function channels(colour: number): [number, number, number] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}

/** In steps of 255, of the channel that differs most. */
function distance(a: number, b: number): number {
  const other = channels(b);
  return Math.max(...channels(a).map((value, index) => Math.abs(value - other[index]!)));
}

function nearest(palette: number[], colour: number): number {
  const distances = palette.map((each) => distance(each, colour));
  return distances.indexOf(Math.min(...distances));
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
