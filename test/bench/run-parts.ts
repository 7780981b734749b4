/** Runs the parts of a bench one after the other, and prints and judges what they measured. */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { report, type Measured } from './table.ts';

export type Parts = Record<string, () => Promise<Measured[]> | Measured[]>;

/**
 * As the command line wants them: `--quick`, `--json`, `--only part,part`. `about` says how it is measured. A part that
 * fails is a row that misses its target. Ends the process: 0 when every target is met, 2 for a part that there is not.
 */
export async function runParts(bench: string, about: string, partsOf: (quick: boolean) => Parts): Promise<never> {
  const { values: wanted } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
    },
  });
  const parts = partsOf(wanted.quick);
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
  process.exit(report(bench, measured, wanted));
}
