/**
 * `npm run faces`: takes every picture of every face anew, as what test/browser/faces.test.ts goes by from now on. Look at
 * what changed before it is committed.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { openExhibition } from './exhibition.ts';
import { exhibits } from './exhibition/exhibits.ts';
import { baselines, baselineOf } from './pictures/baselines.ts';
import { writePng } from './pictures/png.ts';
import { pictures } from './pictures/take.ts';

if (process.platform !== 'linux') throw new Error('These pictures need fontconfig, so take them on Linux.');
await mkdir(baselines, { recursive: true });
const kept = new Set<string>();
const exhibition = await openExhibition();
try {
  for (const exhibit of exhibits) {
    for await (const [name, picture] of pictures(exhibition, exhibit)) {
      await writeFile(baselineOf(name), writePng(picture));
      kept.add(`${name}.png`);
    }
  }
} finally {
  await exhibition.close();
}
for (const file of await readdir(baselines)) if (!kept.has(file)) await rm(`${baselines}/${file}`);
console.log(`${kept.size} pictures in ${baselines}`);
