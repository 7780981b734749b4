import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Everything that runs when `file` is loaded: imports of types alone load nothing. */
function loads(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  if (!/\.tsx?$/.test(file)) return seen;
  const source = readFileSync(file, 'utf8');
  for (const [, specifier = ''] of source.matchAll(
    /^(?:import|export)(?! type)\b[^;']*?'([^']+)'|\bimport\('([^']+)'\)/gm,
  )) {
    if (specifier.startsWith('.')) loads(join(dirname(file), specifier), seen);
    else seen.add(specifier);
  }
  return seen;
}

describe.each(['popup', 'sidepanel', 'options', 'microphone', 'welcome'])('the page %s', (page) => {
  it('carries no zod, which would be a third of its size', () => {
    const loaded = [...loads(join(root, 'entrypoints', page, 'main.tsx'))];
    expect(loaded).toContain('preact');
    expect(loaded).toContain(join(root, 'lib/ui/words/words.ts'));
    expect(loaded.filter((name) => name.startsWith('zod'))).toEqual([]);
  });
});
