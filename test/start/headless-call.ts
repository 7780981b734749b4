/** A whole call without a person: a recorded question through the extension to the engine, and the answer back. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer';
import { isActive, type Snapshot } from '../../lib/protocol/snapshot.ts';
import { openExtension, type Extension } from '../support/extension.ts';
import { audible, startListening, type Listening } from '../support/listen.ts';
import { recognise } from '../support/recognise.ts';
import { describe } from '../support/snapshots.ts';
import { isAnswered, Narrator } from './narrator.ts';
import { makeReport, type CallReport } from './report.ts';
import { root } from './tool.ts';

/** RMS above this is speech in the microphone; between the clips there is digital silence. */
const spoken = 0.003;
/** Nobody has said anything for this long: the answer is over. */
const quietMs = 1200;
const pictures = join(root, '.start');

export interface HeadlessCall {
  browser: Browser;
  pageUrl: string;
  relay: { url: string; deviceToken: string };
  /** The call is over by then, answered or not. */
  seconds: number;
  say: (line: string) => void;
  signal: AbortSignal;
}

export async function makeCall({ browser, pageUrl, relay, seconds, say, signal }: HeadlessCall): Promise<CallReport> {
  const extension = await openExtension(browser);
  await extension.writeSettings({
    relay: { url: relay.url, deviceToken: relay.deviceToken },
    language: 'en',
    autoStart: true,
  });
  const page = (await browser.pages())[0] ?? (await browser.newPage());
  await page.goto(pageUrl, { waitUntil: 'load', timeout: 15_000 });

  const errors: string[] = [];
  const pressedAt = Date.now();
  const deadline = pressedAt + seconds * 1000;
  const narrator = new Narrator(pressedAt, say);
  extension.snapshots.listen((seen) => narrator.see(seen));
  narrator.tell(pressedAt, 'toolbar icon pressed');

  let listening: Listening | undefined;
  const talk = async () => {
    await extension.clickToolbar(page);
    const host = await extension.offscreen(deadline - Date.now());
    host.on('pageerror', (error) => errors.push(`offscreen document: ${String(error)}`));
    listening = await startListening(host);
    await untilWorthAPicture(extension, deadline);
    await photographView(extension, 'popup', 510, say);
    await untilAnswered(extension, listening, deadline);
    await photographView(extension, 'sidepanel', 760, say);
  };
  await Promise.race([talk(), aborted(signal)]).catch((error) => errors.push(messageOf(error)));
  signal.throwIfAborted();
  const last = extension.snapshots.last;
  const recording = await listening?.stop();
  if (last && isActive(last.phase)) await hangUp(extension).catch((error) => errors.push(messageOf(error)));

  const heard = recording && recording.samples.length > 0 ? await recognise(recording.samples, recording.rate) : '';
  const questionEndedAt = endOfQuestion(extension);
  return makeReport({
    pressedAt,
    last: extension.snapshots.last ?? last,
    states: narrator.states,
    questionEndedAt,
    firstSoundAt: questionEndedAt === null ? null : (listening?.firstSoundAt(questionEndedAt) ?? null),
    heard,
    errors,
  });
}

/** The last moment with sound in the microphone, as the extension's own level meter (20 times a second) saw it. */
function endOfQuestion({ snapshots }: Extension): number | null {
  return snapshots.levels.findLast(({ level }) => level.microphone > spoken)?.at ?? null;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

async function untilAnswered(extension: Extension, listening: Listening, deadline: number): Promise<void> {
  let quietSince: number | null = null;
  while (Date.now() < deadline) {
    const { last } = extension.snapshots;
    if (last && !isActive(last.phase) && last.phase !== 'idle') return;
    const isQuiet = last !== null && isAnswered(last) && (await listening.level()) < audible;
    quietSince = isQuiet ? (quietSince ?? Date.now()) : null;
    if (quietSince !== null && Date.now() - quietSince > quietMs) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`No whole answer in time. Last seen: ${describe(extension.snapshots.last)}`);
}

/** With an answer in it, or the reason why there is none. */
async function untilWorthAPicture(extension: Extension, deadline: number): Promise<void> {
  const isWorthIt = ({ phase, lines }: Snapshot) =>
    lines.some((line) => line.kind === 'assistant' && line.text.length > 20) || phase === 'failed' || phase === 'ended';
  await extension.waitForSnapshot(isWorthIt, Math.max(0, deadline - Date.now()), 'the answer');
}

/** In a tab, because the real popup cannot be drawn sharper than the screen, and the real panel not at all. */
async function photographView(
  extension: Extension,
  name: 'popup' | 'sidepanel',
  height: number,
  say: (line: string) => void,
): Promise<void> {
  const view = await extension.openPage(name);
  await view.setViewport({ width: name === 'popup' ? 360 : 400, height, deviceScaleFactor: 2 });
  await view.waitForNetworkIdle({ idleTime: 200, timeout: 3000 });
  await photograph(view, name === 'popup' ? 'popup.png' : 'side-panel.png', say);
  await view.close();
}

async function photograph(page: Page, name: `${string}.png`, say: (line: string) => void): Promise<void> {
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, name) as `${string}.png` });
  say(`           picture in .start/${name}`);
}

async function hangUp(extension: Extension): Promise<void> {
  await extension.send({ type: 'end' });
  await extension.waitForSnapshot(({ phase }) => !isActive(phase), 5000, 'the end of the call');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
