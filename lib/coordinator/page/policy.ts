/** May words of this page leave the worker? The person's lists first, then our own; a password field always asks. */
import type { PageRefusal } from '../../protocol/messages.ts';
import type { Settings } from '../../protocol/settings.ts';
import { readSettings } from '../../storage/settings.ts';
import { hostOf, originOf } from './address.ts';
import { allowedOrigins } from './consent.ts';
import { covers, ownRule } from './sites.ts';

export interface Policy {
  sites: Pick<Settings, 'neverRead' | 'askFirst' | 'mayRead'>;
  /** Origins that a click allowed for this call: they need not ask again. */
  allowed: string[];
}

/** As it is now: a click may have changed it since the last read. */
export async function currentPolicy(): Promise<Policy> {
  const [sites, allowed] = await Promise.all([readSettings(), allowedOrigins()]);
  return { sites, allowed };
}

/** Null: it may be read. Pure. */
export function refusalOfSite(url: string, { sites, allowed }: Policy, passwordInView = false): PageRefusal | null {
  const rule = ruleOf(hostOf(url), sites);
  if (rule === 'never') return { ok: false, fault: 'never-read' };
  const origin = originOf(url);
  const asks = (rule === 'ask' || passwordInView) && !(origin && allowed.includes(origin));
  return asks ? { ok: false, fault: 'ask-first', ...(origin && { askOrigin: origin }) } : null;
}

/** The first list that knows the site decides. */
function ruleOf(host: string, { neverRead, askFirst, mayRead }: Policy['sites']): 'never' | 'ask' | null {
  if (covers(new Set(neverRead), host)) return 'never';
  if (covers(new Set(askFirst), host)) return 'ask';
  return covers(new Set(mayRead), host) ? null : ownRule(host);
}
