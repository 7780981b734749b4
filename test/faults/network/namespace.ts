/**
 * An own network for what cuts it: a program runs in a network namespace of its own, in which it is root and the machine's
 * network is not there.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';

const own = ['--user', '--map-root-user', '--net'];

/** All that the cable is laid with, once (`cable.ts`). */
const trial = `
command -v nsenter > /dev/null || { echo 'there is no nsenter' >&2; exit 1; }
ip link add v0 type veth peer name v1
nft 'add table ip trial { chain out { type nat hook output priority -100; }; }'
nft 'add rule ip trial out ip daddr 127.0.0.1 dnat to 10.9.0.1'
`;

/** Why this machine cannot have one; null when it can. */
export function whyNoNetwork(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are a part of Linux';
  const { error, status, stderr } = spawnSync('unshare', [...own, 'sh', '-ec', trial], { encoding: 'utf8' });
  if (status === 0) return null;
  return `this machine has no own network: ${error ? 'there is no unshare' : stderr.trim().split('\n').at(-1)}`;
}

/** A program of ours, with a channel to it. */
export function startInside(file: string, args: string[]): ChildProcess {
  return spawn('unshare', [...own, process.execPath, file, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}
