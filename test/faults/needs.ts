/** What a case needs of the machine, and what this one lacks. */
import { spawnSync } from 'node:child_process';
import type { PlayedCase } from './case.ts';
import { whyNoNetwork } from './network/namespace.ts';

type Need = NonNullable<PlayedCase['needs']>;

const checks: Record<Exclude<Need, 'network'>, [command: string, ...args: string[]][]> = {
  sound: [
    ['pulseaudio', '--version'],
    ['pactl', '--version'],
  ],
  display: [['sh', '-c', 'command -v Xvfb']],
};

/** Null when all is there; else what is not. */
export function lacking(need: Need): string | null {
  if (need === 'network') return whyNoNetwork();
  const gone = checks[need].find(([command, ...args]) => spawnSync(command, args, { stdio: 'ignore' }).status !== 0);
  return gone ? `this machine has no ${gone[0]}` : null;
}
