import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openExhibition, type Exhibition, type Look } from '../support/exhibition.ts';
import type { Exhibit, Face } from '../support/exhibition/exhibit.ts';
import { everyExhibit, exhibits } from '../support/exhibition/exhibits.ts';
import { findMisfits } from '../support/exhibition/misfits.ts';
import { openShadows } from '../support/exhibition/open-shadows.ts';
import { buildPseudo, stretch, type PseudoBuild } from '../support/exhibition/pseudo.ts';
import { complaintOf } from '../support/pictures/baselines.ts';
import { longPictures } from '../support/pictures/take.ts';
import type { LongTongue } from '../support/pictures/views.ts';

/** In CSS pixels, of which a window has half as many at 200 %: a page of 640 px, and the height of a popup. */
const narrowest: Record<Face, Pick<Look, 'width' | 'height'>> = {
  popup: { width: 360, height: 300 },
  sidepanel: { width: 320, height: 600 },
  options: { width: 320, height: 600 },
  welcome: { width: 320, height: 600 },
  microphone: { width: 320, height: 600 },
  pill: { width: 320, height: 200 },
};

/** Shortened on purpose, each with a way to read all of it: a past call and a tool's row open, a quote is on its page. */
const mayBeCut = '.call b, .hit, .past-head h2, .captions p, .row.tool summary span, .chip.quote';
/** By the button that leads to the end, which goes there. */
const mayBeCovered = '.transcript, .past-body';

async function misfitsOf(exhibition: Exhibition, shown: readonly Exhibit[], language: Look['language']) {
  const misfits: Record<string, string[]> = {};
  for (const exhibit of shown) {
    const page = await exhibition.show(exhibit, { ...narrowest[exhibit.face], language: language ?? 'en' });
    const found = await page.evaluate(exhibit.face === 'pill' ? findNarrowPill : findMisfits, mayBeCut, mayBeCovered);
    if (found.length > 0) misfits[`${exhibit.face}: ${exhibit.name}`] = found;
  }
  return misfits;
}

async function complaintsOf(exhibition: Exhibition, tongue: LongTongue): Promise<string[]> {
  const complaints: (string | null)[] = [];
  for await (const [name, picture] of longPictures(exhibition, tongue))
    complaints.push(await complaintOf(name, picture));
  return complaints.filter((complaint) => complaint !== null);
}

// Elsewhere the letters are the machine's own.
const hasPictures = process.platform === 'linux';

/** It is as wide whatever it says. */
function findNarrowPill(): string[] {
  const word = document.documentElement.lastElementChild!.shadowRoot!.querySelector('.main span')!;
  return word.scrollWidth <= word.clientWidth ? [] : ['the pill has no room for its word'];
}

describe('at 200 % and as narrow as it gets, every word can be read', () => {
  let exhibition: Exhibition;

  beforeAll(async () => {
    exhibition = await openExhibition();
    await openShadows(exhibition, narrowest.popup);
  });

  afterAll(async () => {
    await exhibition?.close();
  });

  // The longest of the three, and the other of the long ones where it has the longest words: in the popup and the panel.
  it('in Spanish', async () => {
    expect(await misfitsOf(exhibition, exhibits, 'es')).toEqual({});
  });

  it.runIf(hasPictures)('and it looks as it is kept', async () => {
    expect(await complaintsOf(exhibition, 'es')).toEqual([]);
  });

  it('in Portuguese', async () => {
    const calls = exhibits.filter(({ face }) => face === 'popup' || face === 'sidepanel');
    expect(await misfitsOf(exhibition, calls, 'pt-BR')).toEqual({});
  });

  it('and what cannot be read would be found', async () => {
    const tight = new Map([
      ['.hint { width: 40px; overflow: hidden; white-space: nowrap; }', 'is cut'],
      ['.control { width: 20px; flex: none; overflow: visible; }', 'out of button'],
      ['.state { margin-left: 300px; }', 'beyond the edge'],
      ['.popup { min-width: 500px; }', 'the page is'],
      ['.stage { margin-bottom: -40px; }', 'lies under'],
    ]);
    const speaking = exhibits.find(({ face, name }) => face === 'popup' && name === 'speaking')!;
    for (const [sheet, complaint] of tight) {
      const page = await exhibition.show(speaking, narrowest.popup);
      await page.evaluate((rules) => {
        const added = new CSSStyleSheet();
        added.replaceSync(rules);
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, added];
      }, sheet);
      expect((await page.evaluate(findMisfits, mayBeCut, mayBeCovered)).join('\n'), sheet).toContain(complaint);
    }
  });
});

describe('with sentences two fifths longer than the English ones', () => {
  let pseudo: PseudoBuild;
  let exhibition: Exhibition;

  beforeAll(async () => {
    pseudo = await buildPseudo();
    exhibition = await openExhibition({ extensionDir: pseudo.dir });
    await openShadows(exhibition, narrowest.popup);
  });

  afterAll(async () => {
    await exhibition?.close();
    await pseudo?.remove();
  });

  it('they are longer, and can be told from others', () => {
    const sentence = 'The relay did not answer. Check its address, or start it.';
    expect(stretch(sentence)).toMatch(/^\[Ţhé řéļåy.*\]$/);
    expect(stretch(sentence).length).toBeGreaterThanOrEqual(sentence.length * 1.4);
  });

  it('every word can be read, of every fault, too', async () => {
    expect(await misfitsOf(exhibition, everyExhibit, 'en')).toEqual({});
  });

  it.runIf(hasPictures)('and it looks as it is kept', async () => {
    expect(await complaintsOf(exhibition, 'pseudo')).toEqual([]);
  });
});
