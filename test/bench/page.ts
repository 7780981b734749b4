/**
 * `npm run bench:page`: how well, how fast and how small the reader is, and whether the passages hold the answers; beside
 * Readability, Defuddle, a plain strip of landmarks, and minisearch, in the same browser and the same run.
 * `--quick`: every eighth page. `--json`: a last line for programs.
 */
import { parseArgs } from 'node:util';
import { hasData, whereFrom } from './page/data.ts';
import { measureLarge } from './page/large.ts';
import { measureReading } from './page/reading.ts';
import { measurePassages } from './page/finding.ts';
import { report } from './table.ts';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});

if (!hasData()) {
  console.log(whereFrom);
} else {
  const rows = [...(await measureReading(options.quick)), ...(await measureLarge()), ...(await measurePassages())];
  process.exitCode = report('page', rows, options);
}
