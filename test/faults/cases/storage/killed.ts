/** The extension's process or the whole browser is killed in mid-call, while an answer is being spoken. */
import { readdir, readFile } from 'node:fs/promises';
import type { Line, Snapshot } from '../../../../lib/protocol/snapshot.ts';
import { isLive, isSpeaking } from '../../../browser/lines.ts';
import type { Scene } from '../../../support/scene.ts';
import type { FaultCase, Played } from '../../case.ts';
import { ask, callUp } from '../../on-call.ts';
import { until } from '../../until.ts';
import { keptLines } from './kept-lines.ts';

const quiet = { settings: { autoStart: false } };

export const killed: FaultCase[] = [
  {
    id: 'F06',
    scene: quiet,
    targets: { missingMs: 1000, recoveredMs: 5000 },
    play: (scene) => cutOff(scene, () => killProcess(scene)),
  },
  {
    id: 'F17',
    quick: true,
    scene: quiet,
    targets: { missingMs: 1000, recoveredMs: 5000 },
    play: (scene) => cutOff(scene, () => scene.restartBrowser()),
  },
];

async function cutOff(scene: Scene, kill: () => Promise<void>): Promise<Played> {
  await callUp(scene);
  await ask(scene);
  const { snapshots, hidden } = scene.extension;
  // As with the setting for other tabs: a tab that is silent because of the call.
  await hidden.evaluate(async (url) => {
    const [tab] = await chrome.tabs.query({ url });
    if (tab?.id !== undefined) await chrome.tabs.update(tab.id, { muted: true });
  }, scene.page.url());
  await scene.extension.send({ type: 'say', text: 'What can you do?' });
  await scene.extension.waitForSnapshot(isSpeaking, 30_000, 'the second answer');
  await new Promise((resolve) => setTimeout(resolve, 1200));
  const killedAt = Date.now();
  const { callId } = snapshots.last!;
  await kill();

  const { extension } = scene;
  const missingMs = missing(await keptLines(extension, callId!), snapshots.seen, killedAt);
  if (extension.hasOffscreen()) throw new Error('a call document is there');
  const sounds = () => extension.hidden.evaluate(async () => (await chrome.tabs.query({ muted: true })).length === 0);
  if (!(await until(sounds, 3000))) throw new Error('a tab stays silent');
  const saw = await goOn(scene, callId!);
  return { ...saw, missingMs };
}

/** What the popup says at the next start, and its button. */
async function goOn(scene: Scene, callId: string): Promise<Pick<Played, 'saw' | 'recoveredMs'>> {
  const { extension, page } = scene;
  const popup = await extension.clickToolbar(page);
  const note = await popup.waitForSelector('.reason, .notice > p', { timeout: 10_000 });
  const saw = await note!.evaluate((element) => element.textContent);
  const at = Date.now();
  await popup.locator('::-p-aria([name="Go on"][role="button"])').click();
  const back = await extension.waitForSnapshot(
    (seen) => isLive(seen) && seen.earlierLines > 0,
    30_000,
    'the call that goes on',
  );
  if (back.callId !== callId) throw new Error('another call goes on');
  return { saw: `“${saw}” and “Go on”`, recoveredMs: Date.now() - at };
}

/** Milliseconds before the kill at which the first of what is missing was said. */
function missing(kept: readonly Line[], seen: readonly { at: number; snapshot: Snapshot }[], killedAt: number): number {
  const has = charactersOf(kept);
  const first = seen.find(({ snapshot }) => charactersOf(snapshot.lines) > has);
  return first ? killedAt - first.at : 0;
}

function charactersOf(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => sum + (line.kind === 'tool' ? 1 : line.text.length), 0);
}

/** All processes of this browser that run extensions, as when one of them runs out of memory; then the person reloads it. */
async function killProcess(scene: Scene): Promise<void> {
  const browser = scene.browser.process()!.pid!;
  const gone: number[] = [];
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('--extension-process') && (await isBelow(pid, browser))) gone.push(pid);
  }
  if (gone.length === 0) throw new Error('no process runs the extension');
  // Crashed, it would still be there and answer nothing.
  await scene.extension.hidden.close();
  for (const pid of gone) process.kill(pid, 'SIGKILL');
  await scene.reloadExtension();
}

async function isBelow(pid: number, ancestor: number): Promise<boolean> {
  for (let each = pid; each > 1;) {
    if (each === ancestor) return true;
    const stat = await readFile(`/proc/${each}/stat`, 'utf8').catch(() => '');
    each = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
  }
  return false;
}
