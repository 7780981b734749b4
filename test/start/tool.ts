/** Runs a program among the packages, under this Node: the same on every system, with no shell between. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface ToolRun {
  code: number;
  /** Empty when it printed straight to the terminal. */
  output: string;
}

/** `quiet` keeps the output for the caller to show when it matters. */
export function runTool(
  name: string,
  args: string[],
  { quiet = false, signal }: { quiet?: boolean; signal?: AbortSignal } = {},
) {
  return runNode([programOf(name), ...args], { quiet, ...(signal ? { signal } : {}) });
}

export function runNode(args: string[], { quiet, signal }: { quiet: boolean; signal?: AbortSignal }): Promise<ToolRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      // Tools that start `node` themselves get this one too.
      env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${separator}${process.env['PATH'] ?? ''}` },
    });
    let output = '';
    child.stdout?.on('data', (bytes: Buffer) => (output += bytes.toString()));
    child.stderr?.on('data', (bytes: Buffer) => (output += bytes.toString()));
    const stop = () => child.kill('SIGTERM');
    signal?.addEventListener('abort', stop, { once: true });
    child.once('error', reject);
    child.once('close', (code) => {
      signal?.removeEventListener('abort', stop);
      resolve({ code: code ?? 1, output });
    });
  });
}

const separator = process.platform === 'win32' ? ';' : ':';

/** The script behind node_modules/.bin/NAME; packages here are named like their program, but for TypeScript's. */
function programOf(name: string): string {
  const folder = join(root, 'node_modules', name === 'tsc' ? 'typescript' : name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const script = typeof bin === 'string' ? bin : bin[name];
  if (!script) throw new Error(`The package ${name} has no program of that name.`);
  return join(folder, script);
}
