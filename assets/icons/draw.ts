/** Layers to SVG text and to PNG bytes, with nothing but Node. */
import { crc32, deflateSync } from 'node:zlib';
import type { Layer, Shape } from './shapes.ts';

/** Side of the grid that shapes are drawn on. */
const grid = 16;
/** Samples a pixel side: 64 shades of an edge. */
const samples = 8;

export function svg(layers: Layer[]): string {
  let body = '';
  let cuts = 0;
  for (const { shape, paint } of layers) {
    if (paint !== null) {
      body += tag(shape, paint);
      continue;
    }
    cuts += 1;
    const whole = `<rect width="${grid}" height="${grid}" fill="#fff"/>`;
    body = `<mask id="cut${cuts}">${whole}${tag(shape, '#000')}</mask><g mask="url(#cut${cuts})">${body}</g>`;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${grid} ${grid}">${body}</svg>\n`;
}

function tag(shape: Shape, fill: string): string {
  switch (shape.kind) {
    case 'bar': {
      const { x, y, width, height, radius } = shape;
      return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"/>`;
    }
    case 'circle':
      return `<circle cx="${shape.x}" cy="${shape.y}" r="${shape.radius}" fill="${fill}"/>`;
    case 'triangle':
      return `<path d="M${shape.points.map((point) => point.join(' ')).join('L')}z" fill="${fill}"/>`;
  }
}

function covers(shape: Shape, x: number, y: number): boolean {
  switch (shape.kind) {
    case 'bar': {
      const { width, height, radius } = shape;
      const dx = Math.abs(x - shape.x - width / 2) - width / 2 + radius;
      const dy = Math.abs(y - shape.y - height / 2) - height / 2 + radius;
      return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) <= radius && Math.max(dx, dy) <= radius;
    }
    case 'circle':
      return Math.hypot(x - shape.x, y - shape.y) <= shape.radius;
    case 'triangle':
      return shape.points.every(([x1, y1], index) => {
        const [x2, y2] = shape.points[(index + 1) % shape.points.length] as [number, number];
        return (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1) >= 0;
      });
  }
}

/** The paint of one point; null where nothing is. */
function paintAt(layers: Layer[], x: number, y: number): string | null {
  return layers.findLast(({ shape }) => covers(shape, x, y))?.paint ?? null;
}

/** RGBA, not premultiplied, row by row. */
export function pixels(layers: Layer[], size: number): Uint8Array {
  const out = new Uint8Array(size * size * 4);
  const scale = grid / size / samples;
  for (let index = 0; index < size * size; index += 1) {
    const left = (index % size) * samples;
    const top = Math.floor(index / size) * samples;
    const sum = [0, 0, 0];
    let covered = 0;
    for (let sample = 0; sample < samples * samples; sample += 1) {
      const x = (left + (sample % samples) + 0.5) * scale;
      const y = (top + Math.floor(sample / samples) + 0.5) * scale;
      const paint = paintAt(layers, x, y);
      if (!paint) continue;
      covered += 1;
      const rgb = Number.parseInt(paint.slice(1), 16);
      for (const [channel, shift] of [16, 8, 0].entries()) sum[channel]! += (rgb >> shift) & 255;
    }
    if (covered === 0) continue;
    out.set(
      [...sum.map((total) => Math.round(total / covered)), Math.round((255 * covered) / samples ** 2)],
      index * 4,
    );
  }
  return out;
}

export function png(layers: Layer[], size: number): Buffer {
  const rgba = pixels(layers, size);
  // Each row begins with its filter: 0, none.
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let row = 0; row < size; row += 1) {
    rows.set(rgba.subarray(row * size * 4, (row + 1) * size * 4), row * (size * 4 + 1) + 1);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // 8 bits, RGBA.
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
