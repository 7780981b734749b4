/** What a person typed after `npm run engine --`. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readSteps } from './script/read-steps.ts';
import type { Step } from './script/step.ts';

export const help = `Local Realtime engine: answers calls as OpenAI's Realtime API does, on this machine, without a key.

  npm run engine -- --port 8080      then use http://127.0.0.1:8080/v1 as the service's address

  --port N             where to listen on 127.0.0.1 (any free port)
  --script FILE.json   says what is written there instead of answering by itself; from the beginning in every call
  --seed N             the same ids in every run
  --control            lets clients have it misbehave: http://127.0.0.1:N/control
  --host-addresses     offers this machine's other addresses for WebRTC, too (for a browser in a container)
  --help

Any bearer key is good. Ctrl-C ends it. More: relay/local/README.md
`;

export interface CliOptions {
  help: boolean;
  /** 0: any free one. */
  port: number;
  hostAddresses: boolean;
  control: boolean;
  steps: Step[] | null;
  seed: number | null;
}

const KNOWN = {
  port: { type: 'string' },
  script: { type: 'string' },
  seed: { type: 'string' },
  control: { type: 'boolean' },
  'host-addresses': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Throws an Error with every mistake, a line each. */
export function readOptions(args: readonly string[]): CliOptions {
  const mistakes: string[] = [];
  const given = new Map<string, string | undefined>();
  const { tokens } = parseArgs({
    args: [...args],
    options: KNOWN,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional') mistakes.push(`"${token.value}" belongs to no option.`);
    if (token.kind !== 'option') continue;
    const type = Object.hasOwn(KNOWN, token.name) ? KNOWN[token.name as keyof typeof KNOWN].type : null;
    if (type === null) mistakes.push(`There is no option ${token.rawName}. See --help.`);
    else if (given.has(token.name)) mistakes.push(`${token.rawName} is given twice.`);
    else if (type === 'boolean' && token.value !== undefined) mistakes.push(`${token.rawName} takes no value.`);
    else if (type === 'string' && token.value === undefined) mistakes.push(`${token.rawName} needs a value.`);
    if (!given.has(token.name)) given.set(token.name, token.value);
  }
  const number = (name: string, most: number): number | null => {
    const text = given.get(name);
    if (text === undefined) return null;
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (value <= most) return value;
    mistakes.push(`--${name} takes a whole number from 0 to ${most}, not "${text}".`);
    return null;
  };
  const file = given.get('script');
  const options = {
    help: given.has('help'),
    port: number('port', 65_535) ?? 0,
    seed: number('seed', 2 ** 32 - 1),
    control: given.has('control'),
    hostAddresses: given.has('host-addresses'),
    steps: file === undefined ? null : stepsIn(file, mistakes),
  };
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
  return options;
}

function stepsIn(file: string, mistakes: string[]): Step[] {
  // npm runs scripts in the project's folder; INIT_CWD is where the person is.
  const path = resolve(process.env['INIT_CWD'] ?? '.', file);
  try {
    return readSteps(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file.' : message;
    mistakes.push(...why.split('\n').map((line) => `--script ${file}: ${line}`));
    return [];
  }
}
