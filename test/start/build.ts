/** Builds the extension when what is there is older than its sources. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { builtExtension } from '../support/browser.ts';
import { root, runTool } from './tool.ts';

const sources = ['entrypoints', 'lib', 'assets', 'wxt.config.ts', 'package-lock.json', 'tsconfig.json'];

export async function buildExtension(say: (line: string) => void, signal?: AbortSignal): Promise<void> {
  if (isCurrent()) return;
  say('Building the extension (wxt build)');
  const { code, output } = await runTool('wxt', ['build'], { quiet: true, ...(signal ? { signal } : {}) });
  if (code !== 0) throw new Error(`The extension could not be built:\n${output.trim()}`);
}

function isCurrent(): boolean {
  const built = statSync(join(builtExtension, 'manifest.json'), { throwIfNoEntry: false });
  return built !== undefined && newestMs(sources.map((name) => join(root, name))) < built.mtimeMs;
}

/** Folders count too: taking a file away changes only its folder. */
function newestMs(paths: string[]): number {
  return Math.max(
    0,
    ...paths.map((path) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      if (!stat) return 0;
      if (!stat.isDirectory()) return stat.mtimeMs;
      return Math.max(stat.mtimeMs, newestMs(readdirSync(path).map((name) => join(path, name))));
    }),
  );
}
