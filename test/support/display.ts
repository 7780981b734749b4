/** A screen without a monitor (Xvfb) and keys without a keyboard (xdotool), for what only a real window can show. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { onPath } from './packages.mjs';

const execute = promisify(execFile);

export interface Display {
  /** Such as `:99`, for `launchBrowser({ display })`. */
  name: string;
  /** Presses and releases, in xdotool's words: `alt+shift+v`. */
  press(keys: string): Promise<void>;
  /** Holds them down, and lets them go. */
  hold(keys: string): Promise<void>;
  release(keys: string): Promise<void>;
  close(): Promise<void>;
}

/** Why there can be no display here, as a sentence; null when there can. */
export function displayMissing(): string | null {
  if (process.platform !== 'linux') return 'a window without a screen needs Xvfb, which is for Linux';
  const missing = ['Xvfb', 'xdotool'].filter((program) => !onPath(program));
  return missing.length > 0 ? `${missing.join(' and ')} not installed` : null;
}

export async function startDisplay(): Promise<Display> {
  // The server itself picks a free number and tells it on file descriptor 3.
  const args = ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const number = await new Promise<string>((resolve, reject) => {
    let said = '';
    server.stdio[3]?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      if (said.includes('\n')) resolve(said.trim());
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended at once with code ${code}`)));
  });
  const name = `:${number}`;
  const type = async (action: 'key' | 'keydown' | 'keyup', keys: string) => {
    await execute('xdotool', [action, keys], { env: { ...process.env, DISPLAY: name } });
  };
  return {
    name,
    press: (keys) => type('key', keys),
    hold: (keys) => type('keydown', keys),
    release: (keys) => type('keyup', keys),
    async close() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
    },
  };
}
