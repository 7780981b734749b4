/**
 * `npm run faces`: takes every picture of every face anew, as what test/browser/faces.test.ts goes by from now on. Look at
 * what changed before it is committed.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { openExhibition } from './exhibition.ts';
import { exhibits } from './exhibition/exhibits.ts';
import { buildPseudo } from './exhibition/pseudo.ts';
import { baselines, baselineOf } from './pictures/baselines.ts';
import { writePng, type Picture } from './pictures/png.ts';
import { longPictures, pictures } from './pictures/take.ts';

if (process.platform !== 'linux') throw new Error('These pictures need fontconfig, so take them on Linux.');
await mkdir(baselines, { recursive: true });
const kept = new Set<string>();
const keep = async (taken: AsyncIterable<[string, Picture]>) => {
  for await (const [name, picture] of taken) {
    await writeFile(baselineOf(name), writePng(picture));
    kept.add(`${name}.png`);
  }
};

const exhibition = await openExhibition();
try {
  for (const exhibit of exhibits) await keep(pictures(exhibition, exhibit));
  await keep(longPictures(exhibition, 'es'));
} finally {
  await exhibition.close();
}

const pseudo = await buildPseudo();
const stretched = await openExhibition({ extensionDir: pseudo.dir });
try {
  await keep(longPictures(stretched, 'pseudo'));
} finally {
  await stretched.close();
  await pseudo.remove();
}

for (const file of await readdir(baselines)) if (!kept.has(file)) await rm(`${baselines}/${file}`);
console.log(`${kept.size} pictures in ${baselines}`);
