/** The processes of a run: a provider, a relay with as many devices as are asked for, and what it is compared with. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDevices } from '../../../relay/devices.ts';
import { openDatabase } from '../../../relay/sqlite/database.ts';
import { sqliteTeam } from '../../../relay/sqlite/team.ts';
import { startProcess, type RelayProcess } from '../../integration/relay-process.ts';

export interface Stage {
  relay: RelayProcess;
  tokens: string[];
  bare: string;
  sample: string;
  pids: Record<'relay' | 'bare' | 'sample', number>;
  /** Megabytes of the relay's process, by its own metrics. */
  memory(): Promise<number>;
  close(): Promise<void>;
}

const many = '1000000';

export async function setStage(deviceCount: number): Promise<Stage> {
  const children: ChildProcess[] = [];
  const serve = async (...args: string[]): Promise<string> => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('servers.ts', import.meta.url)), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    for await (const piece of child.stdout!) return String(piece).trim();
    throw new Error(`${args[0]} did not start`);
  };
  const directory = await mkdtemp(join(tmpdir(), 'parley-relay-bench-'));
  const devices = createDevices(sqliteTeam(openDatabase(directory)));
  const tokens: string[] = [];
  for (let count = 0; count < deviceCount; count += 1) tokens.push((await devices.add(`bench ${count}`)).token);

  const provider = `${await serve('provider')}/v1`;
  const [bare, sample] = [await serve('bare', provider), await serve('sample', provider)];
  const relay = await startProcess({
    // As the container and the unit start it: a heap that is swept often, not one that grows while it can.
    NODE_OPTIONS: '--max-semi-space-size=8 --max-old-space-size=512',
    RELAY_DATA_DIR: directory,
    OPENAI_API_KEY: 'sk-bench-0001',
    REALTIME_BASE_URL: provider,
    SOCKETS_PER_DEVICE: '100',
    MAX_CONNECTIONS_PER_ADDRESS: '20000',
    ...Object.fromEntries(
      ['TOKEN_PER_MINUTE', 'TOKEN_PER_HOUR', 'ADDRESS_PER_MINUTE', 'GLOBAL_PER_MINUTE', 'FAILED_AUTH_PER_MINUTE'].map(
        (name) => [`RATE_${name}`, many],
      ),
    ),
  });
  // Its log is its own cost; keeping it would be ours.
  relay.child.stdout?.removeAllListeners('data').resume();
  return {
    relay,
    tokens,
    bare,
    sample,
    pids: { relay: relay.child.pid!, bare: children[1]!.pid!, sample: children[2]!.pid! },
    async memory() {
      const text = await (await fetch(`${relay.url}/metrics`)).text();
      return Number(/^parley_memory_bytes (\d+)$/m.exec(text)?.[1]) / 1024 / 1024;
    },
    async close() {
      relay.kill();
      for (const child of children) child.kill('SIGKILL');
      await rm(directory, { recursive: true, force: true });
    },
  };
}
