/** A relay on a free port with a device token that is known, and nothing on the disk. */
import { loadConfig, type Environment } from '../../relay/settings/config.ts';
import { createDevices, memoryStore } from '../../relay/devices.ts';
import { startLocalEngine } from '../../relay/local/engine-process.ts';
import type { Mind } from '../../relay/local/mind/mind.ts';
import { createLog } from '../../relay/log/log.ts';
import { startRelay } from '../../relay/server.ts';
import type { UpstreamAddress } from '../../relay/upstream/upstream.ts';

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
  /**
   * Answers in the engine's place. The engine runs in this process then, without ears and with a hum for a voice; a test
   * file that uses it ends with node-datachannel's `cleanup()`.
   */
  mind?: Mind;
  /** Whose name the engine goes by. Any but `local` costs money, by the price of the model that is asked for. */
  provider?: string;
}

/** For tests: the local engine, whatever key the machine has. `env` is over the limits of tests. */
export async function startTestRelay(
  env: Environment = {},
  write: (line: string) => void = () => undefined,
  { control = false, mind, provider = 'local' }: TestRelayOptions = {},
): Promise<RunningRelay> {
  const environment = { ...testLimits, ...env };
  if (!control && !mind && provider === 'local') return startRelayFor(environment, write);
  const engine = await (mind ? engineWith(mind, control, write) : startLocalEngine({ control, log: write }));
  try {
    const { baseUrl, key } = engine;
    const relay = await startRelayFor(environment, write, { baseUrl, key, provider });
    const close = async (): Promise<void> => {
      await relay.close();
      await engine.close();
    };
    return { ...relay, ...(control ? { control: { baseUrl, key } } : {}), close };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

async function engineWith(mind: Mind, control: boolean, log: (line: string) => void) {
  // Most relays here need none of this.
  const { startEngine } = await import('../../relay/local/engine.ts');
  const { scriptedHearing, scriptedSpeaking } = await import('./engine-script.ts');
  const key = 'sk-local-test';
  const parts = { hearing: scriptedHearing([]), speaking: scriptedSpeaking(20) };
  return { ...(await startEngine({ key, mind, control, log, ...parts })), key };
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
