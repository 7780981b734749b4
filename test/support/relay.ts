/** A relay on a free port with a device token that is known, and nothing on the disk. */
import { loadConfig, type Environment } from '../../relay/config.ts';
import { createDevices, memoryStore } from '../../relay/devices.ts';
import { startLocalEngine } from '../../relay/local/engine-process.ts';
import { createLog } from '../../relay/log.ts';
import { startRelay } from '../../relay/server.ts';
import type { UpstreamAddress } from '../../relay/upstream.ts';

export interface RunningRelay {
  url: string;
  provider: string;
  deviceToken: string;
  /** Of the local engine's control API, for `Faults`; where it was asked for. */
  control?: { baseUrl: string; key: string };
  close(): Promise<void>;
}

/** Tests call more often in a minute than people do. */
const testLimits = {
  RATE_TOKEN_PER_MINUTE: '1000',
  RATE_TOKEN_PER_HOUR: '10000',
  RATE_ADDRESS_PER_MINUTE: '1000',
  RATE_GLOBAL_PER_MINUTE: '1000',
};

export interface TestRelayOptions {
  /** Opens the local engine's control API: faults on demand, and what arrived at its input. */
  control?: boolean;
}

/** For tests: the local engine, whatever key the machine has. `env` is over the limits of tests. */
export async function startTestRelay(
  env: Environment = {},
  write: (line: string) => void = () => undefined,
  { control = false }: TestRelayOptions = {},
): Promise<RunningRelay> {
  const environment = { ...testLimits, ...env };
  if (!control) return startRelayFor(environment, write);
  const engine = await startLocalEngine({ control, log: write });
  try {
    const { baseUrl, key } = engine;
    const relay = await startRelayFor(environment, write, { baseUrl, key, provider: 'local' });
    const close = async (): Promise<void> => {
      await relay.close();
      await engine.close();
    };
    return { ...relay, control: { baseUrl, key }, close };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** As the environment says, on any free port unless it names one. `write` gets the relay's log. */
export async function startRelayFor(
  env: Environment,
  write: (line: string) => void,
  upstream?: UpstreamAddress,
): Promise<RunningRelay> {
  const devices = createDevices(memoryStore());
  const { token } = await devices.add('test');
  const log = createLog({ write, readable: true });
  const config = loadConfig({ ...env, PORT: env['PORT'] || '0' });
  const relay = await startRelay({ config, devices, log, ...(upstream ? { upstream } : {}) });
  return { url: relay.url, provider: relay.provider, deviceToken: token, close: () => relay.close() };
}
