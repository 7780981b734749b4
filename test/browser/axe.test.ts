import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openExhibition, type Exhibition, type Look } from '../support/exhibition.ts';
import { faces, type Exhibit, type Face } from '../support/exhibition/exhibit.ts';
import { exhibits } from '../support/exhibition/exhibits.ts';
import { openShadows } from '../support/exhibition/open-shadows.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const forced = { name: 'forced-colors', value: 'active' };
const themes: [name: string, theme: Pick<Look, 'theme' | 'features'>][] = [
  ['light', { theme: 'light' }],
  ['dark', { theme: 'dark' }],
  ['forced colours', { theme: 'light', features: [forced] }],
];

const sizes: Record<Face, Pick<Look, 'width' | 'height'>> = {
  popup: { width: 360, height: 600 },
  sidepanel: { width: 320, height: 700 },
  options: { width: 800, height: 900 },
  welcome: { width: 800, height: 900 },
  microphone: { width: 800, height: 700 },
  pill: { width: 800, height: 600 },
};

let exhibition: Exhibition;
beforeAll(async () => {
  exhibition = await openExhibition();
  // Axe looks into open shadow roots only.
  await openShadows(exhibition, sizes.popup);
});
afterAll(() => exhibition?.close());

const options: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
};

/** One line each: what is wrong, and where. */
async function violations(page: Page, { face, name }: Exhibit): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(
    async (only, run) => {
      const { axe: judge } = globalThis as unknown as { axe: typeof import('axe-core') };
      const { violations: all }: AxeResults = await judge.run(only ?? document, run);
      return all.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
    },
    // The page around the pill is not ours, so neither are its landmarks.
    face === 'pill' ? '[popover]' : null,
    face === 'pill' ? { ...options, rules: { region: { enabled: false } } } : options,
  );
  return found.map((each) => `${face} ${name}: ${each}`);
}

describe.each(themes)('in %s', (_, theme) => {
  it.each(faces)('nobody is shut out of any state of the %s', { timeout: 300_000 }, async (face) => {
    const wrong: string[] = [];
    const states = exhibits.filter((exhibit) => exhibit.face === face);
    expect(states.length).toBeGreaterThan(0);
    for (const exhibit of states) {
      const page = await exhibition.show(exhibit, { ...sizes[face], ...theme });
      wrong.push(...(await violations(page, exhibit)));
    }
    expect(wrong).toEqual([]);
  });
});
