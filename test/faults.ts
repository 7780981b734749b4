/**
 * The fault table: `npm run faults [-- --quick] [-- --json] [-- --only F40,walks] [-- --runs N] [-- --write]`. Plays every
 * fault against the built extension in Chromium, the relay and its engine, and then what takes long. `--write` makes the tables
 * in `test/faults/README.md` and the README, out of this run and of what earlier ones of other parts have found.
 */
import { parseArgs } from 'node:util';
import { report, type Measured } from './bench/table.ts';
import { allCases, missing, nameOf } from './faults/all.ts';
import type { FaultCase, TestedCase } from './faults/case.ts';
import { instrumented, type Instrumented } from './faults/instruments.ts';
import { keep, readKept } from './faults/kept.ts';
import { longParts } from './faults/long/parts.ts';
import { lacking } from './faults/needs.ts';
import { measuredOf, notPlayed, outcomeOfRuns, outcomeOfTests, type Outcome } from './faults/outcome.ts';
import { playOnce, type Run } from './faults/play.ts';
import { publish } from './faults/publish.ts';
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
const parts = Object.entries(longParts).filter(([name]) => (only ? only.has(name) : !wanted.quick));

const measured: Measured[] = [];
const extension = await instrumented();
try {
  const outcomes = await playCases(extension);
  measured.push(...outcomes.flatMap(measuredOf));
} finally {
  await extension.remove();
}
for (const [name, measure] of parts) {
  const found = await timed(name, () => measure().catch((error: unknown) => [failedPart(name, error)]));
  await keep((kept) => (kept.parts[name] = found));
  measured.push(...found);
}
if (!only && !wanted.quick) {
  measured.push(...missing(all).map((id) => ({ id, value: null, unit: '', target: { atMost: 0 } })));
}
if (wanted.write) await publish(all, all.map(nameOf), await readKept());
process.exit(report('faults', measured, wanted));

async function playCases(from: Instrumented): Promise<Outcome[]> {
  const tested = cases.filter((one): one is TestedCase => 'tests' in one);
  const brokenTests =
    tested.length === 0
      ? new Map<TestedCase, string[]>()
      : await timed(`${tested.length} rows that tests play`, () => playTests(tested, !wanted.quick));
  const outcomes: Outcome[] = [];
  for (const one of cases) {
    const outcome = await timed(nameOf(one), () => playCase(one, brokenTests, from));
    if (outcome.broken.length > 0) console.log(`  ${outcome.broken.join('\n  ')}`);
    await keep((kept) => (kept.outcomes[outcome.name] = outcome));
    outcomes.push(outcome);
  }
  return outcomes;
}

async function playCase(one: FaultCase, brokenTests: Map<TestedCase, string[]>, from: Instrumented): Promise<Outcome> {
  if ('cannot' in one) return notPlayed(one, one.cannot);
  if ('tests' in one) return outcomeOfTests(one, one.tests.length, brokenTests.get(one) ?? []);
  const lack = one.needs ? lacking(one.needs) : null;
  if (lack !== null) return notPlayed(one, lack);
  const count = wanted.runs ? Number(wanted.runs) : wanted.quick ? 1 : (one.runs ?? usualRuns);
  const runs: Run[] = [];
  for (let run = 0; run < count; run += 1) runs.push(await playOnce(one, from));
  return outcomeOfRuns(one, runs);
}

async function timed<Found>(name: string, work: () => Promise<Found>): Promise<Found> {
  const began = performance.now();
  const found = await work();
  console.log(`${name}: ${Math.round((performance.now() - began) / 1000)} s`);
  return found;
}

/** A part that fails is a row that misses its target. */
function failedPart(name: string, error: unknown): Measured {
  console.error(error);
  return { id: `${name}_failed`, value: null, unit: '', target: { atMost: 0 } };
}
