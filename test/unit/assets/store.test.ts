import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { svg } from '../../../assets/icons/draw.ts';
import { mark } from '../../../assets/icons/shapes.ts';
import { drawings, logoSize } from '../../../assets/store/drawings.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const bytes = (path: string) => readFileSync(new URL(path, root));

/** Folder of the store's texts, folder of the browser's. */
const languages: [store: string, locale: string][] = [
  ['en', 'en'],
  ['pt-BR', 'pt_BR'],
  ['es', 'es'],
];

const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '');
const headings = (text: string) => lines(text).filter((line) => /^[\p{Lu}\s,]+$/u.test(line));
const bullets = (text: string) => lines(text).filter((line) => /^[•-] /.test(line));

describe.each(languages)('the store’s texts in %s', (store, locale) => {
  const text = (file: string) => read(`assets/store/${store}/${file}`);

  it('fit into the stores’ fields', () => {
    const { name, description } = JSON.parse(read(`assets/public/_locales/${locale}/messages.json`));
    expect(name.message.length).toBeLessThanOrEqual(45);
    expect(description.message.length).toBeLessThanOrEqual(132);
    expect(text('description.txt').length).toBeGreaterThan(250);
    expect(text('description.txt').length).toBeLessThanOrEqual(10_000);
    const terms = lines(text('search-terms.txt'));
    expect(terms.length).toBeLessThanOrEqual(7);
    expect(Math.max(...terms.map((term) => term.length))).toBeLessThanOrEqual(30);
    expect(terms.join(' ').split(' ').length).toBeLessThanOrEqual(21);
  });

  it('say as much as in English', () => {
    const english = (file: string) => read(`assets/store/en/${file}`);
    expect(headings(text('description.txt'))).toHaveLength(headings(english('description.txt')).length);
    expect(bullets(text('description.txt'))).toHaveLength(bullets(english('description.txt')).length);
    const sections = (policy: string) => lines(policy).filter((line) => line.startsWith('#')).length;
    expect(sections(text('privacy.md'))).toBe(sections(english('privacy.md')));
    expect(bullets(text('privacy.md'))).toHaveLength(bullets(english('privacy.md')).length);
  });

  it('name the shortcut that the extension suggests', () => {
    const [, shortcut] = /'toggle-call': \{\s*suggested_key: \{ default: '([^']+)'/.exec(read('wxt.config.ts')) ?? [];
    expect(text('description.txt')).toContain(shortcut);
  });
});

describe('what the reviewers read', () => {
  const justified = [...read('assets/store/permissions.md').matchAll(/^### (.+)$/gm)].map(([, heading]) => heading!);

  it('has a reason for each permission of the manifest, and for none that is not there', () => {
    const [, list = ''] = /^ {4}permissions: \[([^\]]*)\]/m.exec(read('wxt.config.ts')) ?? [];
    const permissions = [...list.matchAll(/'([^']+)'/g)].map(([, name]) => name!);
    const optional = [...(/optional_host_permissions: \['([^']+)'\]/.exec(read('wxt.config.ts')) ?? [])].slice(1);
    expect(permissions.length).toBeGreaterThan(3);
    expect(justified).toEqual([
      ...permissions,
      ...optional.map((pattern) => `Optional host permissions: \`${pattern}\``),
      'Microphone',
      'Commands',
    ]);
  });
});

describe('the stores’ pictures', () => {
  const size = (file: string) => {
    const png = bytes(`assets/store/pictures/${file}.png`);
    return [png.readUInt32BE(16), png.readUInt32BE(20)];
  };

  it.each(drawings)('$file is drawn from the icon of today; if not, run `node assets/store/make.ts`', (drawing) => {
    expect(read(`assets/store/pictures/${drawing.file}.svg`)).toBe(drawing.svg);
    expect(size(drawing.file)).toEqual([drawing.width, drawing.height]);
    // Chrome takes tiles without transparency only: eight bits of red, green and blue.
    expect([...bytes(`assets/store/pictures/${drawing.file}.png`).subarray(24, 26)]).toEqual([8, 2]);
  });

  it('have the icon in them', () => {
    const shapes = svg(mark).match(/<rect[^>]*>/g) ?? [];
    for (const drawing of drawings) for (const shape of shapes) expect(drawing.svg).toContain(shape);
    expect(size(`logo-${logoSize}`)).toEqual([300, 300]);
  });

  it('are all there is', () => {
    const files = readdirSync(new URL('assets/store/pictures/', root)).toSorted();
    const expected = drawings.flatMap(({ file }) => [`${file}.png`, `${file}.svg`]);
    expect(files).toEqual([...expected, `logo-${logoSize}.png`].toSorted());
  });
});
