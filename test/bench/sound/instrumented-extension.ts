/** A copy of the built extension with the instruments as the first script of its offscreen document, and nothing else changed. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtExtension } from '../../support/browser.ts';
import type { ScriptName } from './pages/bundle.ts';

export interface InstrumentedExtension {
  dir: string;
  remove(): Promise<void>;
}

export async function instrumentExtension(scripts: Record<ScriptName, string>): Promise<InstrumentedExtension> {
  const dir = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  await cp(builtExtension, dir, { recursive: true });
  const document = join(dir, 'offscreen.html');
  const html = await readFile(document, 'utf8');
  await writeFile(
    document,
    html.replace(/<head>|(?=<script)/, (found) => `${found}<script src="/bench.js"></script>`),
  );
  for (const name of ['bench.js', 'bench-recorder.js'] as const) await writeFile(join(dir, name), scripts[name]);
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}
