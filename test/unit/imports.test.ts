import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Which folder may import what (README: the picture). A folder may always import itself. */
const mayImport: Record<string, string[]> = {
  protocol: ['zod/mini'],
  audio: ['protocol'],
  transport: ['protocol', 'audio'],
  session: ['protocol', 'transport'],
  call: ['protocol', 'session', 'audio'],
  host: ['protocol', 'call', 'session', 'storage'],
  link: ['protocol', 'wxt/browser'],
  storage: ['protocol', 'wxt/browser'],
  page: ['protocol', 'zod/mini'],
  tools: ['protocol', 'page', 'zod/mini'],
  coordinator: ['protocol', 'link', 'storage', 'wxt/browser', 'zod/mini'],
  // The same states as the other views; not their words, which would weigh ten times as much.
  pill: ['protocol', 'ui'],
  ui: ['protocol', 'link', 'storage', 'preact', 'preact/hooks', 'wxt/browser'],
};

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

/** `session` for a file of lib/session, the bare specifier for a package. */
function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(/(?:from|import)\s+'([^']+)'/g)].map(([, specifier = '']) => {
    if (!specifier.startsWith('.')) return specifier;
    const [top = '', folder = ''] = relative(root, join(dirname(file), specifier)).split(sep);
    return top === 'lib' ? folder : top;
  });
}

describe('who may import whom', () => {
  it('has a rule for every folder of lib', () => {
    const folders = readdirSync(join(root, 'lib'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).toSorted()).toEqual(Object.keys(mayImport).toSorted());
  });

  it.each(Object.entries(mayImport))('%s keeps to its own', (folder, allowed) => {
    const strangers = filesBelow(join(root, 'lib', folder)).flatMap((file) =>
      importsOf(file)
        .filter((name) => name !== folder && !allowed.includes(name))
        .map((name) => `${relative(root, file)} → ${name}`),
    );
    expect(strangers).toEqual([]);
  });

  it('the relay shares only the protocol with the extension', () => {
    const shared = filesBelow(join(root, 'relay')).flatMap((file) => importsOf(file));
    const folders = new Set(shared.filter((name) => name in mayImport));
    expect([...folders]).toEqual(['protocol']);
  });

  it('entrypoints are wiring: under 60 lines each', () => {
    const long = filesBelow(join(root, 'entrypoints')).filter(
      (file) => readFileSync(file, 'utf8').split('\n').length > 60,
    );
    expect(long).toEqual([]);
  });
});
