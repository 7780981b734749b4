/**
 * The fault table: `npm run faults [-- --quick] [-- --json] [-- --only F40,F41] [-- --runs N] [-- --write]`. Plays every fault
 * against the built extension in Chromium, the relay and its engine. `--write` puts the table into `test/faults/README.md`.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { report } from './bench/table.ts';
import { allCases, missing, nameOf } from './faults/all.ts';
import type { FaultCase, TestedCase } from './faults/case.ts';
import { instrumented } from './faults/instruments.ts';
import { lacking } from './faults/needs.ts';
import { markdownOf, measuredOf, notPlayed, outcomeOfRuns, outcomeOfTests, type Outcome } from './faults/outcome.ts';
import { playOnce, type Run } from './faults/play.ts';
import { playTests } from './faults/tests.ts';

const usualRuns = 3;

const { values: wanted } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    runs: { type: 'string', default: '' },
  },
});
const only = wanted.only === '' ? null : new Set(wanted.only.split(','));
const all = await allCases();
const cases = all.filter((one) => (only ? only.has(one.id) : !wanted.quick || ('quick' in one && one.quick)));

const extension = await instrumented();
const outcomes: Outcome[] = [];
try {
  const tested = cases.filter((one): one is TestedCase => 'tests' in one);
  if (tested.length > 0) console.log(`${tested.length} rows are played by tests; these run first.`);
  const brokenTests = tested.length > 0 ? await playTests(tested) : new Map<TestedCase, string[]>();
  for (const one of cases) {
    const began = performance.now();
    const outcome = await playCase(one, brokenTests);
    outcomes.push(outcome);
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(
      `${nameOf(one)}: ${outcome.broken.length === 0 ? outcome.how : outcome.broken.join('; ')} (${seconds} s)`,
    );
  }
} finally {
  await extension.remove();
}

if (wanted.write) await writeFile(new URL('faults/README.md', import.meta.url), `${markdownOf(outcomes)}\n`);
const unwritten =
  only || wanted.quick ? [] : missing(all).map((id) => ({ id, value: null, unit: '', target: { atMost: 0 } }));
process.exit(report('faults', [...outcomes.flatMap(measuredOf), ...unwritten], wanted));

async function playCase(one: FaultCase, brokenTests: Map<TestedCase, string[]>): Promise<Outcome> {
  if ('cannot' in one) return notPlayed(one, one.cannot);
  if ('tests' in one) return outcomeOfTests(one, one.tests.length, brokenTests.get(one) ?? []);
  const lack = one.needs ? lacking(one.needs) : null;
  if (lack !== null) return notPlayed(one, lack);
  const count = wanted.runs ? Number(wanted.runs) : wanted.quick ? 1 : (one.runs ?? usualRuns);
  const runs: Run[] = [];
  for (let run = 0; run < count; run += 1) runs.push(await playOnce(one, extension));
  return outcomeOfRuns(one, runs);
}
