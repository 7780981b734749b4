/** Each file of a page as one script, as a page would load it. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** The names under which the pages and the worklets ask for them. */
const entries = {
  'bench.js': { file: 'instruments.ts', format: 'iife' },
  'bench-recorder.js': { file: 'recorder-worklet.ts', format: 'iife' },
  'bench-frames.js': { file: 'frames-worklet.ts', format: 'iife' },
  'peers.js': { file: 'peers.ts', format: 'es' },
} as const;
export type ScriptName = keyof typeof entries;

export async function bundleScripts(): Promise<Record<ScriptName, string>> {
  const names = Object.keys(entries) as ScriptName[];
  const scripts = await Promise.all(names.map(async (name) => [name, await bundle(name)] as const));
  return Object.fromEntries(scripts) as Record<ScriptName, string>;
}

async function bundle(name: ScriptName): Promise<string> {
  const { file, format } = entries[name];
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: folder,
    build: {
      write: false,
      minify: false,
      rollupOptions: { input: `${folder}${file}`, output: { format, codeSplitting: false } },
    },
  });
  const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  const script = outputs.find((output) => output.type === 'chunk');
  if (script?.type !== 'chunk') throw new Error(`${file} could not be bundled.`);
  return script.code;
}
