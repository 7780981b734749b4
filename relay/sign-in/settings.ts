/** Where people sign in and who of them may come in, from the relay's settings, and what else those must say. */
import type * as z from 'zod';
import { isLoopback } from '../loopback.ts';
import type { variables } from '../settings/variables.ts';

/** Null: people are invited, and do not sign in by themselves. */
export function signInOf(it: z.infer<typeof variables>) {
  if (it.OIDC_ISSUER === undefined || it.OIDC_CLIENT_ID === undefined || it.PUBLIC_URL === undefined) return null;
  return {
    issuer: it.OIDC_ISSUER,
    clientId: it.OIDC_CLIENT_ID,
    /** Null: the provider asks for none. */
    clientSecret: it.OIDC_CLIENT_SECRET ?? null,
    allowed: it.OIDC_ALLOWED,
    scope: it.OIDC_SCOPE,
    /** How long a browser is good for after a sign-in; null: until it is revoked. */
    deviceDays: it.OIDC_DEVICE_DAYS === 0 ? null : it.OIDC_DEVICE_DAYS,
    publicUrl: it.PUBLIC_URL,
  };
}

const settings = ['OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_ALLOWED', 'OIDC_SCOPE', 'OIDC_DEVICE_DAYS'];

/** Looks at the raw texts. One line for each thing that is wrong. */
export function signInContradictions(env: Readonly<Record<string, string>>): string[] {
  const issuer = env['OIDC_ISSUER'];
  if (issuer === undefined) {
    const set = settings.filter((name) => env[name] !== undefined);
    return set.length === 0 ? [] : [`OIDC_ISSUER: is needed with ${set.join(', ')}`];
  }
  const errors: string[] = [];
  if (env['OIDC_CLIENT_ID'] === undefined) errors.push('OIDC_CLIENT_ID: is needed with OIDC_ISSUER');
  if (env['OIDC_ALLOWED'] === undefined) {
    errors.push(
      'OIDC_ALLOWED: is needed with OIDC_ISSUER, for nobody is let in by default. Name domains, addresses or claims, ' +
        'such as example.com,ana@partner.example,groups=parley, or * for everybody whom the provider knows',
    );
  }
  const url = env['PUBLIC_URL'];
  if (url === undefined) {
    errors.push('PUBLIC_URL: is needed with OIDC_ISSUER, because the provider sends browsers back to it');
  } else if (/^http:\/\//i.test(url) && !isLoopback(URL.parse(url)?.hostname.replaceAll(/[[\]]/g, '') ?? '')) {
    errors.push('PUBLIC_URL: must be https with OIDC_ISSUER (http only for this machine)');
  }
  const tenants = /^https:\/\/login\.microsoftonline\.com\/(?:common|organizations|consumers)\b/i;
  if (tenants.test(issuer)) {
    errors.push('OIDC_ISSUER: is for every company on earth; put the id of your own tenant into it');
  }
  const everybody = (env['OIDC_ALLOWED'] ?? '').split(',').some((entry) => entry.trim() === '*');
  if (everybody && /^https:\/\/accounts\.google\.com\b/i.test(issuer)) {
    errors.push('OIDC_ALLOWED: * would let in everybody with a Google account; say hd=example.com, your own domain');
  }
  return errors;
}
