/** How much of the content of real pages is read, in what time, by how much code. */
import { sizeOf } from '../../support/page-reader.ts';
import type { Measured } from '../table.ts';
import { openLab } from './browser.ts';
import { markedPages, peerPackages } from './data.ts';
import { wordF1 } from './f1.ts';

const readers = ['readOurs', 'findOurs', 'readStrip', 'readReadability', 'readDefuddle'] as const;
type Reader = (typeof readers)[number];
interface Result {
  type: string;
  f1: Record<Reader, number>;
  ms: Record<Reader, number>;
  asFetched: number;
}

const rounds = 3;

export async function measureReading(quick: boolean): Promise<Measured[]> {
  const peers = peerPackages();
  if (!peers) console.log('Readability, Defuddle and minisearch are not installed: their rows are not measured.');
  const lab = await openLab(peers ? 'test/bench/page/lab-with-peers.ts' : 'test/bench/page/lab.ts', peers?.paths);
  const pages = (await markedPages()).filter((_page, index) => !quick || index % 8 === 0);
  const results: Result[] = [];
  for (const { type, html, main_content: wanted } of pages) {
    const found = await lab.page.evaluate(
      async (source, names, times) => {
        const { lab: inPage } = globalThis as unknown as { lab: typeof import('./lab-with-peers.ts') };
        await inPage.openFrame(source, false);
        const readings = names.map((name) => inPage[name]?.(times) ?? { text: '', ms: NaN });
        await inPage.openFrame(source, true);
        return { readings, asFetched: inPage.readOurs(1) };
      },
      html,
      readers,
      rounds,
    );
    const each = <T>(value: (index: number) => T) =>
      Object.fromEntries(readers.map((reader, index) => [reader, value(index)])) as Record<Reader, T>;
    results.push({
      type,
      f1: each((index) => wordF1(found.readings[index]!.text, wanted)),
      ms: each((index) => found.readings[index]!.ms),
      asFetched: wordF1(found.asFetched.text, wanted),
    });
  }
  await lab.close();
  const sizes = {
    finding: await sizeOf('lib/page/find-content.ts'),
    whole: await sizeOf('lib/page/read.ts'),
  };
  return rowsOf(results, sizes, peers !== null);
}

function rowsOf(results: Result[], sizes: { finding: number; whole: number }, peers: boolean): Measured[] {
  const f1 = (reader: Reader, of = results) => mean(of.map((result) => result.f1[reader]));
  const ms = (reader: Reader) => median(results.map((result) => result.ms[reader]));
  const ours = f1('readOurs');
  const types = [...new Set(results.map(({ type }) => type))].toSorted();
  const ofType = (type: string) => results.filter((result) => result.type === type);
  const other = (value: number) => (peers ? { peer: Number(value.toPrecision(3)) } : {});
  return [
    { id: 'reading: word F1', value: ours, unit: '', ...other(f1('readDefuddle')), target: { atLeast: 0.875 } },
    {
      id: 'reading: F1 / Defuddle',
      value: peers ? ours / f1('readDefuddle') : null,
      unit: '×',
      target: { atLeast: 1.04 },
    },
    { id: 'reading: F1, pages as fetched', value: mean(results.map(({ asFetched }) => asFetched)), unit: '' },
    { id: 'Readability: F1', value: peers ? f1('readReadability') : null, unit: '' },
    { id: 'landmark strip: F1', value: f1('readStrip'), unit: '' },
    ...types.map((type) =>
      Object.assign(
        { id: `reading: F1, ${type}`, value: f1('readOurs', ofType(type)), unit: '' },
        other(f1('readDefuddle', ofType(type))),
      ),
    ),
    { id: 'reading: time, median', value: ms('readOurs'), unit: 'ms', ...other(ms('readReadability')) },
    {
      id: 'reading: time / Readability',
      value: peers ? ms('readOurs') / ms('readReadability') : null,
      unit: '×',
      target: { atMost: 0.35 },
    },
    { id: 'Defuddle: time, median', value: peers ? ms('readDefuddle') : null, unit: 'ms' },
    {
      id: 'content found, none of it looked at / Readability',
      value: peers ? ms('findOurs') / ms('readReadability') : null,
      unit: '×',
    },
    { id: 'reading: content found, size', value: sizes.finding, unit: 'KB', target: { atMost: 10 } },
    { id: 'reading: size with sight and secrets', value: sizes.whole, unit: 'KB' },
  ];
}

export function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
