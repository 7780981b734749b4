/** The relay as a process of its own, as `npm run relay` starts it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface RelayProcess {
  url: string;
  child: ChildProcess;
  /** All that it has printed. */
  output(): string;
  /** As a power cut. */
  kill(): void;
}

export async function startProcess(env: Record<string, string>): Promise<RelayProcess> {
  const main = fileURLToPath(new URL('../../relay/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main], { env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...env } });
  let output = '';
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece: Buffer) => {
      output += String(piece);
      const [, url] = /Relay ready at (\S+)/.exec(output) ?? [];
      if (url) resolve(url);
    });
  }
  child.once('close', () => reject(new Error(`The relay did not start: ${output}`)));
  const kill = (): void => void child.kill('SIGKILL');
  try {
    return { url: await promise, child, output: () => output, kill };
  } catch (error) {
    kill();
    throw error;
  }
}
