/** A word more at 5,000 lines: in the panel, and in a plain Preact list of the same lines in the same browser. */
import type { Page } from 'puppeteer';
import { percentile } from '../statistics.ts';
import type { Measured } from '../table.ts';
import { bundle, openBenchExtension, withPage, type BenchExtension } from './extension.ts';
import type * as Drive from './pages/drive.ts';
import { arrived, settled } from './pages/names.ts';
import { traceCategories, workBetween, type Spent, type TraceEvent } from './trace.ts';

export interface TranscriptPlan {
  lines: number;
  /** Panel and plain list take turns this often, with so many deltas each. */
  rounds: number;
  deltas: number;
}

const script = 'bench-drive.js';

export async function measureTranscript({ lines, rounds, deltas }: TranscriptPlan): Promise<Measured[]> {
  const bench = await openBenchExtension();
  try {
    await bench.write(script, await bundle('drive.ts'));
    await bench.write('bench-peer.html', await emptyPage(bench));
    const spent: Record<Drive.Way, Spent[]> = { changes: [], wholes: [], peer: [] };
    const heap = await withPage(bench, 'manifest.json', async (panel) => {
      await open(panel, bench.url('sidepanel.html'));
      const empty = await heapOf(panel);
      await begin(panel, 'changes', lines);
      const full = await heapOf(panel);
      await withPage(bench, 'manifest.json', async (peer) => {
        await open(peer, bench.url('bench-peer.html'));
        await begin(peer, 'peer', lines);
        for (let round = 0; round < rounds; round += 1) {
          spent.peer.push(...(await traced(peer, 'peer', deltas)));
          spent.changes.push(...(await traced(panel, 'changes', deltas)));
        }
      });
      spent.wholes.push(...(await traced(panel, 'wholes', deltas)));
      return full - empty;
    });
    const ours = p95(spent.changes);
    const peer = p95(spent.peer);
    return [
      {
        id: 'transcript_delta_p95',
        value: ours.cpu,
        unit: 'ms',
        peer: peer.cpu,
        target: { atMost: 4 },
        note: noteOf(spent.changes),
      },
      {
        id: 'transcript_delta_of_plain_list',
        value: ours.cpu / peer.cpu,
        unit: '',
        target: { atMost: 0.3 },
        note: `plain: ${noteOf(spent.peer)}`,
      },
      {
        id: 'transcript_whole_snapshot_p95',
        value: p95(spent.wholes).cpu,
        unit: 'ms',
        note: 'if every delta carried all lines',
      },
      { id: 'transcript_heap', value: heap / 2 ** 20, unit: 'MiB', note: `${lines} lines more` },
    ];
  } finally {
    await bench.close();
  }
}

async function emptyPage(bench: BenchExtension): Promise<string> {
  const style = await bench.styleOf('sidepanel.html');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">${style}</head><body class="page-sidepanel"></body></html>`;
}

/** Every message that arrives is marked, before the page's own listener. */
async function open(page: Page, url: string): Promise<void> {
  await page.setViewport({ width: 360, height: 720 });
  await page.evaluateOnNewDocument((mark) => {
    const add = BroadcastChannel.prototype.addEventListener as (type: string, listener: (event: Event) => void) => void;
    BroadcastChannel.prototype.addEventListener = function (type: string, listener: unknown) {
      add.call(this, type, (event) => {
        performance.mark(mark);
        (listener as (event: Event) => void)(event);
      });
    };
  }, arrived);
  await page.goto(url);
  await page.waitForFunction(() => document.readyState === 'complete');
}

async function begin(page: Page, way: Drive.Way, lines: number): Promise<void> {
  await page.bringToFront();
  await page.evaluate(
    async (from, kind, count) => {
      const drive = (await import(from)) as typeof Drive;
      await drive.begin(kind, count);
    },
    `/${script}`,
    way,
    lines,
  );
}

async function traced(page: Page, way: Drive.Way, count: number): Promise<Spent[]> {
  await page.bringToFront();
  await page.tracing.start({ categories: traceCategories });
  await page.evaluate(
    async (from, kind, many) => {
      const drive = (await import(from)) as typeof Drive;
      await drive.deltas(kind, many);
    },
    `/${script}`,
    way,
    count,
  );
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop())) as {
    traceEvents: TraceEvent[];
  };
  const spent = workBetween(traceEvents, arrived, settled);
  if (spent.length !== count) throw new Error(`The trace has ${spent.length} of ${count} deltas.`);
  return spent;
}

/** Bytes in use, after what nobody needs is gone. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

function p95(spent: readonly Spent[]): Spent {
  return {
    wall: percentile(
      spent.map(({ wall }) => wall),
      0.95,
    ),
    cpu: percentile(
      spent.map(({ cpu }) => cpu),
      0.95,
    ),
  };
}

function noteOf(spent: readonly Spent[]): string {
  const median = percentile(
    spent.map(({ cpu }) => cpu),
    0.5,
  );
  return `median ${median.toFixed(1)} ms of the processor; by the clock p95 ${p95(spent).wall.toFixed(1)} ms; n = ${spent.length}`;
}
