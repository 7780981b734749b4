/**
 * What people see, in figures: `npm run bench:ui [-- --quick] [-- --json] [-- --only part,part]`. The built extension in one
 * Chromium beside a static page and a plain list. Run it on a quiet machine: what else runs is measured too.
 */
import { runParts } from './run-parts.ts';
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

await runParts('ui', about, (quick) => ({
  weight: measureWeight,
  paint: () => measurePaint(quick ? 8 : 40),
  transcript: () => measureTranscript({ lines: 5000, rounds: quick ? 2 : 6, deltas: quick ? 40 : 50 }),
  idle: () => measureIdle(quick ? { watchMs: 3000, warmUp: false } : { watchMs: 10_000, warmUp: true }),
}));
