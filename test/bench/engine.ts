/**
 * The local engine's capacity and cost: `npm run bench:engine [-- --quick] [-- --json]`. A real engine process is called by
 * real WebRTC peers of this one. Run it on a quiet machine: what else runs is measured too. Linux only (/proc).
 */
import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import * as rtc from 'node-datachannel';
import { startLocalEngine } from '../../relay/local/engine-process.ts';
import { callEngine, pause, takeTurn } from './caller.ts';
import { bargingIn } from './parts/barge-in.ts';
import { connecting } from './parts/connect.ts';
import { conversing } from './parts/conversation.ts';
import { pacing } from './parts/pacing.ts';
import { talkingTogether } from './parts/together.ts';
import { people, voices } from './recordings.ts';
import { report, type Measured } from './table.ts';

const { values: wanted } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});
if (!existsSync('/proc/self/stat')) {
  console.error('This benchmark reads memory and CPU time from /proc: run it on Linux.');
  process.exit(2);
}

const size = wanted.quick
  ? { people: 2, voices: 1, connects: 10, barges: 1, pacingMs: 2000, together: [{ calls: 2, rounds: 1 }] }
  : {
      people: 99,
      voices: 99,
      connects: 100,
      barges: 10,
      pacingMs: 45_000,
      together: [
        { calls: 2, rounds: 6 },
        { calls: 4, rounds: 3 },
        { calls: 8, rounds: 2 },
      ],
    };

const spoken = { people: await people(size.people), voices: await voices(size.voices) };
const everything = [...spoken.people, ...spoken.voices];
const began = performance.now();
const local = await startLocalEngine({ log: (line) => console.error(line) });
const booted = performance.now() - began;
const engine = { ...local, pid: local.pid()! };
const measured: Measured[] = [{ id: 'boot_to_listening', value: booted, unit: 'ms', target: { atMost: 2000 } }];
let exitCode: number;
try {
  // The recogniser loads behind the first call; its first turn waits for it.
  const first = await callEngine(engine);
  await takeTurn(first, spoken.voices[0]!);
  first.close();
  await pause(1000);

  const parts: [string, () => Promise<Measured[]>][] = [
    ['A conversation', () => conversing(engine, spoken)],
    ['Pacing', () => pacing(engine, size.pacingMs)],
    ['Connecting', () => connecting(engine, size.connects)],
    ['Talking over', () => bargingIn(engine, spoken.voices, size.barges)],
    ...size.together.map(({ calls, rounds }): [string, () => Promise<Measured[]>] => [
      `${calls} calls at once`,
      () => talkingTogether(engine, everything, { calls, rounds }),
    ]),
  ];
  for (const [name, part] of parts) {
    console.log(`${name} (load of the last minute: ${loadavg()[0]!.toFixed(1)}) …`);
    measured.push(...(await part()));
  }
  exitCode = report('engine', measured, wanted);
} finally {
  await local.close();
  rtc.cleanup();
}
process.exit(exitCode);
