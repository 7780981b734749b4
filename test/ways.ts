/**
 * The browser tests over each way to the provider, one after the other: `npm run test:ways`. `PARLEY_WAY=socket` before it
 * takes that one only; arguments go to vitest: `npm run test:ways -- recovering`. At the end it says for each way what
 * passed, and what was left out and why. Ends with 1 when anything failed.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countsOf } from './start/counts.ts';
import { leftOutOf } from './start/left-out.ts';
import { runTool } from './start/tool.ts';
import { allWays, wayOfTests, type Way } from './support/way.ts';

const args = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'parley-ways-'));
const told: string[] = [];
let failed = false;

async function runOver(way: Way): Promise<void> {
  const file = join(folder, `${way}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  console.log(`\nover ${way}`);
  process.env['PARLEY_WAY'] = way;
  const { code } = await runTool('vitest', [
    'run',
    '--config',
    'test/vitest.config.ts',
    '--project',
    'browser',
    ...reporters,
    ...args,
  ]);
  const report = await readFile(file, 'utf8').catch(() => '');
  const counts = countsOf(report, code);
  failed ||= code !== 0 || counts.failed > 0;
  told.push(`\nover ${way}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  for (const { why, tests } of leftOutOf(report)) {
    told.push(`  left out, because ${why}:`, ...tests.map(({ file: of, name }) => `    ${of}: ${name}`));
  }
}

try {
  for (const way of wayOfTests ? [wayOfTests] : allWays) await runOver(way);
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(told.join('\n'));
process.exit(failed ? 1 : 0);
