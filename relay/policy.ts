/** What follows from who answers and from the configuration: whom it is, at what prices, within which limits. */
import { scopes, type Rules } from './caps/rules.ts';
import type { RelayConfig } from './settings/config.ts';
import type { SessionPolicy } from './session/session-config.ts';
import type { UpstreamAddress } from './upstream/upstream.ts';
import { freePrices, listPrices, pricesOf, type Prices } from './usage/prices.ts';

const localModel = 'parley-local';

/** The engine is what it is, whichever model is wished for: no wish is refused, and the grant says who answers. */
export function localPolicy(policy: SessionPolicy): SessionPolicy {
  return { ...policy, model: localModel, models: null };
}

/** The provider that the configuration names. */
export function configuredUpstream({ baseUrl, keyHeader }: RelayConfig, key: string): UpstreamAddress {
  const provider = providerAt(baseUrl);
  return { baseUrl, key, provider, keyHeader: keyHeader ?? (provider === 'azure' ? 'api-key' : 'authorization') };
}

/** By its address: `openai`, `azure`, or the name of another server that speaks the Realtime protocol. */
export function providerAt(baseUrl: string): string {
  const host = new URL(baseUrl).hostname;
  if (host === 'api.openai.com') return 'openai';
  return /\.(?:openai|cognitiveservices|services\.ai)\.azure\.com$/.test(host) ? 'azure' : host.slice(0, 64);
}

/** Also under the names that the provider has for models: what a deployment costs is what its model costs. */
export function pricesFor(provider: string, { prices, session }: RelayConfig): Prices {
  if (provider === 'local') return { [localModel]: freePrices };
  const known: Prices = { ...listPrices, ...prices };
  const renamed = [...session.modelNames].map(([model, name]) => [name, pricesOf(model, known)] as const);
  return { ...Object.fromEntries(renamed), ...known };
}

/** A key that costs money is never without a limit of calls at once: a stolen token opens no more than these. */
export function rulesFor(provider: string, { limits: { rules } }: RelayConfig): Rules {
  const open = scopes.every((scope) => rules[scope].every(({ measure }) => measure !== 'calls'));
  if (provider !== 'openai' || !open) return rules;
  return { ...rules, device: [...rules.device, { measure: 'calls', per: null, most: 4 }] };
}

/** Who can be listened to: OpenAI by its documents, the local engine by its source; and that costs nothing worth a line. */
export function watchesCalls(provider: string, { sideband, moderation, limits: { rules } }: RelayConfig): boolean {
  const limited =
    moderation !== null || scopes.some((scope) => rules[scope].some(({ measure }) => measure !== 'requests'));
  return sideband ?? (provider === 'openai' || (provider === 'local' && limited));
}
