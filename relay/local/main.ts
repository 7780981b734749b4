/**
 * The local engine as a process of its own, so that nothing the relay does disturbs the pacing of its voice.
 * The parent hands the key over in the environment and learns the address by IPC; when the parent goes, so does this.
 */
import { startEngine } from './engine.ts';
import type { EngineMessage } from './engine-process.ts';
import { loggedGate } from './line/event-log.ts';

const key = process.env['PARLEY_ENGINE_KEY'];
const tell = (message: EngineMessage): void => {
  if (process.connected) process.send?.(message);
};
if (!key || !process.send) {
  console.error('The local engine is started by the relay: npm run relay.');
  process.exit(2);
}
// Not for anything this process may start.
delete process.env['PARLEY_ENGINE_KEY'];

// The port that clients already know, when this is not the first start.
const port = Number(process.env['PARLEY_ENGINE_PORT'] ?? 0);
// Tests have every event that was ever sent judged when they are over.
const eventLog = process.env['PARLEY_ENGINE_EVENT_LOG'];
const engine = await startEngine({
  key,
  port,
  log: (line) => tell({ type: 'log', line }),
  control: process.env['PARLEY_ENGINE_CONTROL'] === '1',
  ...(eventLog ? { createGate: () => loggedGate(eventLog) } : {}),
});
tell({ type: 'listening', baseUrl: engine.baseUrl });

let ending = false;
const end = async (): Promise<void> => {
  if (ending) return;
  ending = true;
  // The native library keeps a process alive, and its clean-up can wait for the network.
  setTimeout(() => process.exit(0), 1000).unref();
  await engine.close();
  process.exit(0);
};
process.on('disconnect', () => void end());
process.on('SIGTERM', () => void end());
// Ctrl-C reaches the whole process group: the parent decides.
process.on('SIGINT', () => {});
