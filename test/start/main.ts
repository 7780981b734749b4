/** `npm start`: a call about a page, by a person in a window or by itself. See help.txt. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../support/browser.ts';
import { readClip, writeClips } from '../support/microphone.ts';
import { closeRecogniser } from '../support/recognise.ts';
import { startRelayFor } from '../support/relay.ts';
import { buildExtension } from './build.ts';
import { Ending } from './ending.ts';
import { makeCall } from './headless-call.ts';
import { hasDisplay, pageFile, readOptions, type StartOptions } from './options.ts';
import { servePage } from './site.ts';
import { openWindow } from './window.ts';

/** The question begins this long after the microphone opens: the call is up by then on a slow machine too. */
const leadS = 4;

const say = (line: string) => console.log(line);
const ending = new Ending();

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), hasDisplay());
  if (options.help) {
    process.stdout.write(await readFile(new URL('help.txt', import.meta.url), 'utf8'));
    return 0;
  }
  await buildExtension(say, ending.signal);
  ending.signal.throwIfAborted();

  say(process.env['OPENAI_API_KEY'] ? 'Starting the relay with OpenAI' : 'Starting the relay with its local engine');
  const relay = await startRelayFor(process.env, process.env['PARLEY_LOG'] ? say : () => undefined);
  ending.add(() => relay.close());
  const site = await servePage(options.page);
  ending.add(() => site.close());
  return options.headless ? callByItself(options, site.url, relay) : callInWindow(options, site.url, relay);
}

type Relay = Awaited<ReturnType<typeof startRelayFor>>;

async function callByItself(options: StartOptions, pageUrl: string, relay: Relay): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-start-'));
  ending.add(() => rm(folder, { recursive: true, force: true }));
  const microphone = join(folder, 'microphone.wav');
  const clip = await readClip(options.question).catch((error: Error) => {
    throw new Error(`--question ${options.question}: ${error.message}`, { cause: error });
  });
  await writeClips(microphone, [{ clip, atS: leadS }]);

  say('Starting a browser without a window, with the question in its microphone');
  const browser = await launchBrowser({ headless: true, microphone });
  ending.add(() => browser.close());
  ending.add(closeRecogniser);
  const report = await makeCall({ browser, pageUrl, relay, seconds: options.seconds, say, signal: ending.signal });

  const { readyMs, turnMs } = report.timings;
  say('');
  say(`Understood: ${report.question || '(nothing)'}`);
  say(`Answered:   ${report.answer || '(nothing)'}`);
  say(`Heard:      ${report.heard || '(no speech came out of the browser)'}`);
  say(
    `Ready to listen ${inSeconds(readyMs)} after the click; first sound ${inSeconds(turnMs)} after the question's end.`,
  );
  for (const error of report.errors) say(`Error: ${error}`);
  await ending.end();
  if (options.json) say(JSON.stringify(report));
  return report.heard === '' ? 1 : 0;
}

async function callInWindow(options: StartOptions, pageUrl: string, relay: Relay): Promise<number> {
  say('Opening the browser');
  const browser = await launchBrowser({ headless: false, microphone: 'real', permission: 'ask' });
  ending.add(() => browser.close());
  const closed = new Promise<void>((resolve) => {
    browser.once('disconnected', () => resolve());
    ending.signal.addEventListener('abort', () => resolve());
  });
  await openWindow({ browser, pageUrl, isOwnPage: options.page !== pageFile, relay, say });
  await closed;
  say('Ending.');
  return 0;
}

function inSeconds(ms: number | null): string {
  return ms === null ? '(never)' : `${(ms / 1000).toFixed(2)} s`;
}

/** The parts get this long to come to rest after Ctrl-C; the process ends anyway. */
const restMs = 3000;
let stoppedBy: number | null = null;

function stop(code: number): void {
  if (stoppedBy !== null) return;
  stoppedBy = code;
  void ending.end().then(() => setTimeout(() => process.exit(code), restMs));
}
process.on('SIGINT', () => stop(130));
process.on('SIGTERM', () => stop(143));
process.on('SIGHUP', () => stop(129));
// Whoever started this has ended.
process.on('disconnect', () => stop(129));
// A part that breaks on its own must not leave the others running.
process.on('uncaughtException', (error) => {
  if (stoppedBy === null) console.error(error);
  stop(1);
});

let code = 1;
try {
  code = await main();
} catch (error) {
  if (stoppedBy === null) console.error(error instanceof Error ? error.message : String(error));
}
await ending.end();
process.exit(stoppedBy ?? code);
