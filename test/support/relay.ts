/** A relay on a free port with a device token that is known, and nothing on the disk. */
import { loadConfig, type Environment } from '../../relay/config.ts';
import { createDevices, memoryStore } from '../../relay/devices.ts';
import { createLog } from '../../relay/log.ts';
import { startRelay } from '../../relay/server.ts';

export interface RunningRelay {
  url: string;
  provider: string;
  deviceToken: string;
  close(): Promise<void>;
}

/** Tests call more often in a minute than people do. */
const testLimits = { RATE_TOKEN_PER_MINUTE: '1000', RATE_TOKEN_PER_HOUR: '10000', RATE_GLOBAL_PER_MINUTE: '1000' };

/** For tests: the local engine, whatever key the machine has. `env` is over the limits of tests. */
export function startTestRelay(env: Environment = {}, write: (line: string) => void = () => undefined) {
  return startRelayFor({ ...testLimits, ...env }, write);
}

/** As the environment says, on any free port unless it names one. `write` gets the relay's log. */
export async function startRelayFor(env: Environment, write: (line: string) => void): Promise<RunningRelay> {
  const devices = createDevices(memoryStore());
  const { token } = await devices.add('test');
  const log = createLog({ write, readable: true });
  const relay = await startRelay({ config: loadConfig({ ...env, PORT: env['PORT'] || '0' }), devices, log });
  return { url: relay.url, provider: relay.provider, deviceToken: token, close: () => relay.close() };
}
