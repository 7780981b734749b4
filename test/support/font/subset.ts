/**
 * Makes the small font of the pictures: a TrueType font's outlines and widths for the letters that are shown, and nothing
 * else of it. `node test/support/font/subset.ts FROM.ttf TO.ttf "Style"`; the tables are as in the OpenType specification.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const family = 'Parley Faces';

/** Latin with its accents, punctuation, and the signs that pages and their markers use. */
const ranges = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x2010, 0x2027],
  [0x202f, 0x203a],
  [0x2190, 0x2193],
];
const signs = [0x20ac, 0x2212, 0x2248, 0x2264, 0x2265, 0x25b8, 0x25be, 0x2713, 0x2715];

const [from, to, style = 'Regular'] = process.argv.slice(2);
if (!from || !to) throw new Error('From which font, and into which file?');
const font = readFileSync(from);

const tables = new Map(
  Array.from({ length: font.readUInt16BE(4) }, (_, index) => {
    const at = 12 + index * 16;
    const start = font.readUInt32BE(at + 8);
    return [font.toString('latin1', at, at + 4), font.subarray(start, start + font.readUInt32BE(at + 12))] as const;
  }),
);
const table = (tag: string) => Buffer.from(tables.get(tag)!);
const [head, hhea, maxp, hmtx, loca, glyf, cmap] = ['head', 'hhea', 'maxp', 'hmtx', 'loca', 'glyf', 'cmap'].map(
  table,
) as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];

const codes = [...ranges.flatMap(([first, last]) => span(first!, last!)), ...signs].sort((a, b) => a - b);
const glyphOf = readCharacters();
/** Old glyph ids in their new order; the first is for what is missing. Parts of compounds are added as they are met. */
const kept = [0];
for (const code of codes) keep(glyphOf(code));
const outlines = kept.map((id) => outline(id));
for (let done = outlines.length; done < kept.length; done += 1) outlines.push(outline(kept[done]!));

writeFileSync(to, assemble());

function span(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function keep(id: number): number {
  const at = kept.indexOf(id);
  return at >= 0 ? at : kept.push(id) - 1;
}

/** Of the subtable for the basic plane, format 4. */
function readCharacters(): (code: number) => number {
  const starts = span(0, cmap.readUInt16BE(2) - 1).map((index) => cmap.readUInt32BE(8 + index * 8));
  const four = cmap.subarray(starts.find((start) => cmap.readUInt16BE(start) === 4)!);
  const segments = four.readUInt16BE(6) / 2;
  const field = (part: number, segment: number) => 14 + (part * segments + segment) * 2 + (part > 0 ? 2 : 0);
  return (code) => {
    const segment = span(0, segments - 1).find((each) => four.readUInt16BE(field(0, each)) >= code)!;
    const [first, delta, offset] = [1, 2, 3].map((part) => four.readUInt16BE(field(part, segment))) as [
      number,
      number,
      number,
    ];
    if (first > code) return 0;
    if (offset === 0) return (code + delta) & 0xffff;
    const id = four.readUInt16BE(field(3, segment) + offset + (code - first) * 2);
    return id === 0 ? 0 : (id + delta) & 0xffff;
  };
}

/** Without the instructions for small screens, whose programs are left out too. */
function outline(id: number): Buffer {
  const long = head.readInt16BE(50) === 1;
  const place = (index: number) => (long ? loca.readUInt32BE(index * 4) : loca.readUInt16BE(index * 2) * 2);
  const old = Buffer.from(glyf.subarray(place(id), place(id + 1)));
  if (old.length === 0) return old;
  const contours = old.readInt16BE(0);
  if (contours < 0) return compound(old);
  const at = 10 + contours * 2;
  const skipped = old.readUInt16BE(at);
  old.writeUInt16BE(0, at);
  return padded(Buffer.concat([old.subarray(0, at + 2), old.subarray(at + 2 + skipped)]));
}

function compound(old: Buffer): Buffer {
  let at = 10;
  for (let more = true; more;) {
    const flags = old.readUInt16BE(at);
    old.writeUInt16BE(flags & ~0x100, at);
    old.writeUInt16BE(keep(old.readUInt16BE(at + 2)), at + 2);
    at += 4 + (flags & 1 ? 4 : 2) + (flags & 8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0);
    more = (flags & 0x20) !== 0;
  }
  return padded(old.subarray(0, at));
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16BE(value & 0xffff, index * 2));
  return bytes;
}

/** One segment a letter: simple, and small enough. */
function characters(): Buffer {
  const found = [...codes, 0xffff];
  const ids = found.map((code) => (code === 0xffff ? 0 : keep(glyphOf(code))));
  const count = found.length;
  const deltas = found.map((code, index) => (code === 0xffff ? 1 : ids[index]! - code));
  const body = words(...found, 0, ...found, ...deltas, ...found.map(() => 0));
  const power = 2 ** Math.floor(Math.log2(count));
  const intro = words(4, 14 + body.length, 0, count * 2, power * 2, Math.log2(power), (count - power) * 2);
  return Buffer.concat([words(0, 1, 3, 1, 0, 12), intro, body]);
}

function names(): Buffer {
  const texts: [number, string][] = [
    [1, family],
    [2, style],
    [4, `${family} ${style}`],
    [6, `${family}-${style}`.replaceAll(' ', '')],
  ];
  const bytes = texts.map(([, text]) => Buffer.from(text, 'utf16le').swap16());
  let at = 0;
  const records = texts.map(([id], index) => {
    const record = words(3, 1, 0x409, id, bytes[index]!.length, at);
    at += bytes[index]!.length;
    return record;
  });
  return Buffer.concat([words(0, texts.length, 6 + texts.length * 12), ...records, ...bytes]);
}

function assemble(): Buffer {
  const measured = hhea.readUInt16BE(34);
  const widths = kept.map((id) => {
    const width = hmtx.readUInt16BE(Math.min(id, measured - 1) * 4);
    const bearing = id < measured ? hmtx.readInt16BE(id * 4 + 2) : hmtx.readInt16BE(measured * 4 + (id - measured) * 2);
    return words(width, bearing);
  });
  const places = Buffer.alloc((outlines.length + 1) * 4);
  outlines.reduce((at, each, index) => places.writeUInt32BE(at + each.length, (index + 1) * 4) && at + each.length, 0);
  hhea.writeUInt16BE(kept.length, 34);
  maxp.writeUInt16BE(kept.length, 4);
  head.writeInt16BE(1, 50);
  head.writeUInt32BE(0, 8);
  const post = table('post').subarray(0, 32);
  post.writeUInt32BE(0x0003_0000, 0);
  const parts: [string, Buffer][] = [
    ['OS/2', table('OS/2')],
    ['cmap', characters()],
    ['glyf', Buffer.concat(outlines)],
    ['head', head],
    ['hhea', hhea],
    ['hmtx', Buffer.concat(widths)],
    ['loca', places],
    ['maxp', maxp],
    ['name', names()],
    ['post', post],
  ];
  const power = 2 ** Math.floor(Math.log2(parts.length));
  const intro = words(1, 0, parts.length, power * 16, Math.log2(power), (parts.length - power) * 16);
  const directory: Buffer[] = [];
  let at = 12 + parts.length * 16;
  for (const [tag, bytes] of parts) {
    const record = Buffer.alloc(16, tag, 'latin1');
    record.writeUInt32BE(sum(bytes), 4);
    record.writeUInt32BE(at, 8);
    record.writeUInt32BE(bytes.length, 12);
    directory.push(record);
    at += padded(bytes).length;
  }
  const whole = Buffer.concat([intro, ...directory, ...parts.map(([, bytes]) => padded(bytes))]);
  const headAt = directory[parts.findIndex(([tag]) => tag === 'head')]!.readUInt32BE(8);
  whole.writeUInt32BE((0xb1b0_afba - sum(whole)) >>> 0, headAt + 8);
  return whole;
}

function sum(bytes: Buffer): number {
  const whole = padded(bytes);
  let total = 0;
  for (let at = 0; at < whole.length; at += 4) total = (total + whole.readUInt32BE(at)) >>> 0;
  return total;
}
