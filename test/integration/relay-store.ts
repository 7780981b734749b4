/** A real Valkey or Redis on a free port, when this machine has one. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { freePort } from '../support/free-port.ts';

const names = ['valkey-server', 'redis-server'];

/** The program, or null; why is printed, so that nobody takes a skipped test for a passed one. */
export const storeProgram = ((): string | null => {
  const found = names.find((name) => spawnSync(name, ['--version']).status === 0);
  if (found) return found;
  console.warn('No valkey-server or redis-server on this machine: tests of the shared limit store are skipped.');
  return null;
})();

export interface Store {
  url: string;
  /** As a power cut: nothing is written down. */
  kill(): Promise<void>;
  /** At the same address, with nothing in it. */
  start(): Promise<void>;
}

export async function startStore(): Promise<Store> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  const store: Store = {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      child = spawn(storeProgram!, ['--port', String(port), '--save', '', '--appendonly', 'no', '--dir', tmpdir()]);
      let output = '';
      for await (const piece of child.stdout!) {
        output += String(piece);
        if (/ready to accept connections/i.test(output)) break;
      }
      child.stdout!.resume();
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'close');
      child.kill('SIGKILL');
      await gone;
    },
  };
  await store.start();
  return store;
}
