/** What looks after a relay asks: `/healthz` (it lives), `/readyz` (it can take calls now), `/metrics`. */
import type { Handler } from 'hono';
import type { Health } from '../../lib/protocol/grant.ts';
import type { Registry } from '../metrics/registry.ts';
import type { RelayEnv } from './record.ts';
import { Refusal } from '../refusal.ts';
import { sameText, sha256 } from '../team/secrets.ts';

export const watchPaths: Readonly<Record<string, 'GET'>> = { '/healthz': 'GET', '/readyz': 'GET', '/metrics': 'GET' };

export interface HealthRouteParts {
  version: string;
  provider: string;
  /** What it needs, by name; each rejects when it is not there. */
  checks: Readonly<Record<string, () => Promise<void>>>;
  registry: Registry;
  /** Who shows this may read the metrics; null: whoever reaches this machine's own address, and nobody elsewhere. */
  metricsToken: string | null;
  loopbackOnly: boolean;
}

export function healthRoute({ version, provider }: HealthRouteParts): Handler<RelayEnv> {
  return (c) => c.json({ service: 'parley-relay', version, provider } satisfies Health);
}

/** 503 while something is missing: which, by name, and no more. */
export function readyRoute({ checks }: HealthRouteParts): Handler<RelayEnv> {
  return async (c) => {
    const names = Object.keys(checks);
    const results = await Promise.allSettled(names.map((name) => checks[name]!()));
    const missing = names.filter((_name, at) => results[at]?.status === 'rejected');
    return c.json({ ready: missing.length === 0, missing }, missing.length === 0 ? 200 : 503);
  };
}

export function metricsRoute({ registry, metricsToken, loopbackOnly }: HealthRouteParts): Handler<RelayEnv> {
  return async (c) => {
    if (metricsToken === null && !loopbackOnly) {
      throw new Refusal('not_found', 'Metrics are off. The relay’s owner can set METRICS_TOKEN.');
    }
    if (metricsToken !== null) {
      const shown = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
      if (!sameText(await sha256(shown), await sha256(metricsToken))) {
        throw new Refusal('device_token_invalid', 'Show METRICS_TOKEN as Authorization: Bearer.');
      }
    }
    return c.text(registry.text(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
  };
}
