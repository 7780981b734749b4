/** What a person typed after `npm start --`. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const assets = fileURLToPath(new URL('../assets/', import.meta.url));

/** The words of `test/assets/question.wav`, spoken by flite's slt voice. Its answer on the page: at nine o'clock. */
export const questionText = 'When does the last boat leave the island?';
export const questionFile = `${assets}question.wav`;
export const pageFile = `${assets}page.html`;

export interface StartOptions {
  headless: boolean;
  help: boolean;
  json: boolean;
  /** Absolute path of a WAV file. */
  question: string;
  /** Absolute path, or an http(s) address. */
  page: string;
  seconds: number;
}

/** Throws an error with a sentence for the person. */
export function readOptions(args: string[], canShowWindow: boolean): StartOptions {
  const { values } = parseArgs({
    args,
    options: {
      headless: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      json: { type: 'boolean', default: false },
      question: { type: 'string' },
      page: { type: 'string' },
      seconds: { type: 'string', default: '60' },
    },
  });
  const seconds = Number(values.seconds);
  if (!(seconds >= 5 && seconds <= 3600))
    throw new Error(`--seconds takes a number from 5 to 3600, not "${values.seconds}".`);
  const headless = values.headless || !canShowWindow;
  if (!headless && (values.json || values.question)) {
    throw new Error('--question and --json are for a call without a window: add --headless.');
  }
  return {
    headless,
    help: values.help,
    json: values.json,
    question: values.question === undefined ? questionFile : existing('--question', values.question),
    page: readPage(values.page),
    seconds,
  };
}

function readPage(page: string | undefined): string {
  if (page === undefined) return pageFile;
  return /^https?:\/\//i.test(page) ? new URL(page).href : existing('--page', page);
}

function existing(option: string, file: string): string {
  // npm runs scripts in the project's folder; INIT_CWD is where the person is.
  const path = resolve(process.env['INIT_CWD'] ?? '.', file);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new Error(`${option}: there is no file ${path}.`);
  return path;
}

/** Is there a screen to open a window on? */
export function hasDisplay(platform = process.platform, env: NodeJS.ProcessEnv = process.env): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}
