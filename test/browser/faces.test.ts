import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openExhibition, type Exhibition } from '../support/exhibition.ts';
import { exhibits } from '../support/exhibition/exhibits.ts';
import { baselines, complaintOf } from '../support/pictures/baselines.ts';
import { pictures } from '../support/pictures/take.ts';
import { isShownInLongTongues, longTongues, longViewOf, viewsOf } from '../support/pictures/views.ts';

// Elsewhere the letters are the machine's own, and nothing is where the pictures have it.
describe.skipIf(process.platform !== 'linux')('every face in every state looks as it is kept', () => {
  let exhibition: Exhibition;

  beforeAll(async () => {
    exhibition = await openExhibition();
  });

  afterAll(async () => {
    await exhibition?.close();
  });

  it.each(exhibits.map((exhibit) => ({ ...exhibit, title: `${exhibit.face}: ${exhibit.name}` })))(
    '$title',
    async (exhibit) => {
      const complaints: (string | null)[] = [];
      for await (const [name, picture] of pictures(exhibition, exhibit)) {
        complaints.push(await complaintOf(name, picture));
      }
      expect(complaints.filter(Boolean)).toEqual([]);
    },
  );

  it('no picture is kept of what is not shown any more', async () => {
    const long = exhibits
      .filter(isShownInLongTongues)
      .flatMap((exhibit) => longTongues.map((tongue) => longViewOf(exhibit, tongue)));
    const shown = new Set([...exhibits.flatMap(viewsOf), ...long].map(({ name }) => `${name}.png`));
    expect((await readdir(baselines)).filter((file) => !shown.has(file))).toEqual([]);
  });
});
