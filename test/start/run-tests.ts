/**
 * `npm test`: check, unit, build, then integration and browser, and beside them looks; the first that fails is the last. The
 * closing line counts the tests of all kinds. Arguments go to vitest: `npm test -- -t 'shortcut'`, `npm test -- relay`.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { displayMissing } from '../support/display.ts';
import { addCounts, countsOf, type Counts } from './counts.ts';
import { root, runNode, runTool } from './tool.ts';

const args = process.argv.slice(2);
const stopping = new AbortController();
const { signal } = stopping;
const folder = await mkdtemp(join(tmpdir(), 'parley-test-'));
let counts: Counts = { passed: 0, failed: 0, skipped: 0 };

interface Step {
  says: string;
  /** True when it passed. */
  run(): Promise<boolean>;
}

const tool = (says: string, name: string, toolArgs: string[]): Step => ({
  says,
  run: async () => (await runTool(name, toolArgs, { signal })).code === 0,
});

const project = (name: string, what: string): Step => ({
  says: `${name} tests: ${what}`,
  async run() {
    const file = join(folder, `${name}.json`);
    const { code } = await runTool('vitest', vitestArgs(name, file), { signal });
    const found = countsOf(await readFile(file, 'utf8').catch(() => ''), code);
    counts = addCounts(counts, found);
    return code === 0 && found.failed === 0;
  },
});

/** Most of a call is waiting for sound, so there is time for more. What one of them says stands between the other's lines. */
const beside = (steps: Step[], other: Step): Step => ({
  says: [...steps, other].map(({ says }) => says).join('; '),
  async run() {
    const inTurn = async () => {
      for (const step of steps) if (signal.aborted || !(await step.run())) return false;
      return true;
    };
    const passed = await Promise.all([inTurn(), other.run()]);
    return passed.every(Boolean);
  },
});

function vitestArgs(name: string, file: string): string[] {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  // A filter may leave a project without tests; without one that would be a mistake.
  const filtered = args.length > 0 ? ['--passWithNoTests'] : [];
  return ['run', '--config', 'test/vitest.config.ts', '--project', name, ...reporters, ...filtered, ...args];
}

const steps: Step[] = [
  tool('generated types (wxt prepare)', 'wxt', ['prepare']),
  tool('types (tsc)', 'tsc', ['--noEmit']),
  tool('lint (oxlint)', 'oxlint', ['--deny-warnings']),
  tool('format (oxfmt --check; `npm run format` mends it)', 'oxfmt', ['--check']),
  project('unit', 'our code alone'),
  tool('build (wxt build)', 'wxt', ['build']),
  {
    says: 'sizes of what was built',
    run: async () => (await runNode([join(root, 'test/support/sizes.ts')], { quiet: false, signal })).code === 0,
  },
  beside(
    [
      project('integration', 'the relay and its local engine, over real sockets'),
      project('browser', 'the built extension in a real browser'),
    ],
    project('looks', 'how its pages look'),
  ),
];

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(name, () => stopping.abort());

async function main(): Promise<string | null> {
  for (const [index, step] of steps.entries()) {
    console.log(`\n[${index + 1}/${steps.length}] ${step.says}`);
    const passed = await step.run();
    if (signal.aborted) return 'Stopped.';
    if (!passed)
      return `Failed at step ${index + 1} of ${steps.length}: ${step.says}. The lines above say what; the steps after it did not run.`;
  }
  return null;
}

const problem = await main().finally(() => rm(folder, { recursive: true, force: true }));
const noDisplay = displayMissing();
if (noDisplay) console.log(`\nSkipped for want of a display: the real shortcut key (${noDisplay}).`);
const { passed, failed, skipped } = counts;
console.log('');
if (passed + failed + skipped > 0) console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
if (problem !== null) console.log(problem);
process.exit(problem === null ? 0 : 1);
