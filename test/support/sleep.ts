/** Sleep, as far as the browser can tell: all its processes stand still, and so does every timer in them. */
import { readdir, readFile } from 'node:fs/promises';
import type { Browser } from 'puppeteer';

/** Resolves when it is awake again, with the time at which it was woken (unix milliseconds). */
export async function sleepFor(browser: Browser, ms: number): Promise<number> {
  const root = browser.process()?.pid;
  if (root === undefined) throw new Error('the browser has ended');
  const tree = await descendantsOf(root);
  for (const pid of tree) process.kill(pid, 'SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, ms));
  const wakesAt = Date.now();
  for (const pid of tree) signalIfThere(pid);
  return wakesAt;
}

function signalIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch {
    // It was about to end.
  }
}

/** The process itself first, then its children, theirs, and so on (Linux). */
async function descendantsOf(root: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    // The name in brackets may hold anything; behind it come the state and the parent.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent > 0) parents.set(Number(name), parent);
  }
  const tree = [root];
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  return tree;
}
