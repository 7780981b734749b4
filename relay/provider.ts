/** Who answers: the provider that the configuration names, or the local engine when there is no key. Node only. */
import { scopes, type Rules } from './caps/rules.ts';
import type { RelayConfig } from './config.ts';
import type { Log } from './log.ts';
import type { SessionPolicy } from './session-config.ts';
import type { UpstreamAddress } from './upstream.ts';

export const localModel = 'parley-local';

/** The engine is what it is, whichever model is wished for: no wish is refused, and the grant says who answers. */
export function localPolicy(policy: SessionPolicy): SessionPolicy {
  return { ...policy, model: localModel, models: null };
}

export async function findUpstream(
  config: RelayConfig,
  log: Log,
): Promise<UpstreamAddress & { close(): Promise<void> }> {
  if (config.key === null) {
    // Loaded only when it is needed: with a key nothing of the engine is in memory.
    const { startLocalEngine } = await import('./local/engine-process.ts');
    const engine = await startLocalEngine({ log: (message) => log.info('engine', { message }) });
    return { baseUrl: engine.baseUrl, key: engine.key, provider: 'local', close: () => engine.close() };
  }
  const host = new URL(config.baseUrl).hostname;
  const provider = host === 'api.openai.com' ? 'openai' : host.slice(0, 64);
  return { baseUrl: config.baseUrl, key: config.key, provider, close: () => Promise.resolve() };
}

/** A key that costs money is never without a limit of calls at once: a stolen token opens no more than these. */
export function rulesFor(provider: string, { limits: { rules } }: RelayConfig): Rules {
  const open = scopes.every((scope) => rules[scope].every(({ measure }) => measure !== 'calls'));
  if (provider !== 'openai' || !open) return rules;
  return { ...rules, device: [...rules.device, { measure: 'calls', per: null, most: 4 }] };
}

/** Who can be listened to: OpenAI by its documents, the local engine by its source; and that costs nothing worth a line. */
export function watchesCalls(provider: string, { sideband, limits: { rules } }: RelayConfig): boolean {
  const limited = scopes.some((scope) => rules[scope].some(({ measure }) => measure !== 'requests'));
  return sideband ?? (provider === 'openai' || (provider === 'local' && limited));
}
