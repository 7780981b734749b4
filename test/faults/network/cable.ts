/**
 * The browser alone behind a cable: it runs in a second namespace, and all that it sends to 127.0.0.1 goes over a pair of
 * virtual interfaces to the servers in the first. What tests do with relay and engine themselves never sees the cable, and
 * puppeteer speaks to the browser through a pipe.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findBrowser } from '../../support/browser.ts';

const run = promisify(execFile);

/** `near` is the servers' end, `far` the browser's. */
export type End = 'near' | 'far';
export const device: Record<End, string> = { near: 'v1', far: 'v0' };
export const nearAddress = '10.9.0.1';

export interface Cable {
  /** Runs a command at one end. Rejects with what it said. */
  at(end: End, command: string, ...args: string[]): Promise<void>;
}

/** To be laid once in a process, in a namespace of its own. From then on `launchBrowser` starts browsers at the far end. */
export async function layCable(): Promise<Cable> {
  const browser = await findBrowser();
  if (!browser) throw new Error('There is no browser.');
  const room = await openRoom();
  const cable: Cable = {
    async at(end, command, ...args) {
      const [first = '', ...more] = end === 'near' ? [command, ...args] : [...into(room), command, ...args];
      await run(first, more);
    },
  };
  const { at } = cable;
  const { near, far } = device;
  await at('near', 'ip', 'link', 'set', 'lo', 'up');
  await at('far', 'ip', 'link', 'set', 'lo', 'up');
  await at('near', 'ip', 'link', 'add', near, 'type', 'veth', 'peer', 'name', far);
  await at('near', 'ip', 'link', 'set', far, 'netns', String(room.pid));
  await at('near', 'ip', 'addr', 'add', `${nearAddress}/24`, 'dev', near);
  await at('near', 'ip', 'link', 'set', near, 'up');
  // What comes over the cable may lead to a loopback address.
  for (const end of ['near', 'far'] as const)
    await at(end, 'sysctl', '-qw', `net.ipv4.conf.${device[end]}.route_localnet=1`);
  await at(
    'far',
    'nft',
    `add table ip cable {
    chain out { type nat hook output priority -100; ip daddr 127.0.0.1 dnat to ${nearAddress}; }
    chain post { type nat hook postrouting priority 100; oifname ${far} ip saddr 127.0.0.1 masquerade; }
  }`,
  );
  await at(
    'near',
    'nft',
    `add table ip cable {
    chain in { type nat hook prerouting priority -100; iifname ${near} ip daddr ${nearAddress} dnat to 127.0.0.1; }
  }`,
  );
  process.env['CHROME_PATH'] = launcher(browser, room);
  return cable;
}

/** A namespace lives as long as a process in it; this one ends with us, because its input does. */
async function openRoom(): Promise<ChildProcess> {
  const room = spawn('unshare', ['--net', 'sh', '-c', 'echo; exec cat'], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(room.stdout!, 'data');
  room.unref();
  return room;
}

function into({ pid }: ChildProcess): string[] {
  return ['nsenter', '--target', String(pid), '--net'];
}

/** A program like the browser's, which starts it at the far end. */
function launcher(browser: string, room: ChildProcess): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-cable-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'browser');
  writeFileSync(path, `#!/bin/sh\nexec ${into(room).join(' ')} '${browser}' "$@"\n`, { mode: 0o755 });
  return path;
}
