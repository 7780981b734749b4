/**
 * What people see, in figures: `npm run bench:ui [-- --quick] [-- --json] [-- --only part,part]`. The built extension in one
 * Chromium beside a static page and a plain list. Run it on a quiet machine: what else runs is measured too.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { report, type Measured } from './table.ts';
import { measureIdle } from './ui/idle.ts';
import { measurePaint } from './ui/paint.ts';
import { measureTranscript } from './ui/transcript.ts';
import { measureWeight } from './ui/weight.ts';

const about = `How it is measured
  paint       first contentful paint of popup.html and sidepanel.html in a tab, in turn with a static page of the extension that
              has their finished markup and their style sheet and no script; with the worker running, and with it stopped.
  transcript  processor time of the panel's main thread, from the trace: from the arrival of a message until the frame is handed
              over, with script, style, layout and paint. The plain list is keyed Preact with the same markup and style sheet,
              and is sent the new line alone. Processor time, because whatever else runs on the machine counts by the clock.
  idle        targets that the browser has; callbacks of timers and frames in open views.
`;

const { values: wanted } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});

const { quick } = wanted;
const parts: Record<string, () => Promise<Measured[]> | Measured[]> = {
  weight: measureWeight,
  paint: () => measurePaint(quick ? 8 : 40),
  transcript: () => measureTranscript({ lines: 5000, rounds: quick ? 2 : 6, deltas: quick ? 40 : 50 }),
  idle: () => measureIdle(quick ? { watchMs: 3000, warmUp: false } : { watchMs: 10_000, warmUp: true }),
};

const names = wanted.only === '' ? Object.keys(parts) : wanted.only.split(',');
const unknown = names.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. Parts: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

console.log(about);
const measured: Measured[] = [];
for (const name of names) {
  const [began, load] = [performance.now(), loadavg()[0]!];
  try {
    measured.push(...(await parts[name]!()));
  } catch (error) {
    console.error(error);
    measured.push({ id: `${name}_failed`, value: null, unit: '', target: { atMost: 0 } });
  }
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`${name}: ${seconds} s, at a load of ${load.toFixed(1)} to ${loadavg()[0]!.toFixed(1)}`);
}
process.exit(report('ui', measured, wanted));
