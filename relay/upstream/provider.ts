/** Who answers: the provider that the configuration names, or the local engine when there is no key. Node only. */
import type { RelayConfig } from '../settings/config.ts';
import type { Log } from '../log/log.ts';
import { configuredUpstream } from '../policy.ts';
import type { UpstreamAddress } from './upstream.ts';

export async function findUpstream(
  config: RelayConfig,
  log: Log,
): Promise<UpstreamAddress & { close(): Promise<void> }> {
  if (config.key === null) {
    // Loaded only when it is needed: with a key nothing of the engine is in memory.
    const { startLocalEngine } = await import('../local/engine-process.ts');
    const engine = await startLocalEngine({ log: (message) => log.info('engine', { message }) });
    return { baseUrl: engine.baseUrl, key: engine.key, provider: 'local', close: () => engine.close() };
  }
  return { ...configuredUpstream(config, config.key), close: () => Promise.resolve() };
}
