/** OpenID Connect, by `openid-client`. Loaded only where people sign in; nothing else knows the library. */
import * as client from 'openid-client';
import type { SignInConfig } from '../settings/config.ts';
import { errorFields, type Log } from '../log/log.ts';
import { donePath } from './paths.ts';
import type { IdentityProvider } from './identity.ts';
import { SignInRefusal } from './refusal.ts';

const timeoutS = 10;

/** Asks the provider what it offers at once, so that the log has at the start what is wrong; and again until it answers. */
export function openIdProvider(config: SignInConfig, log: Pick<Log, 'warn'>): IdentityProvider {
  let found: Promise<client.Configuration> | undefined;
  const provider = (): Promise<client.Configuration> =>
    (found ??= discover(config).catch((error: unknown) => {
      found = undefined;
      const message = 'OIDC_ISSUER does not answer as an identity provider: nobody can sign in until it does.';
      log.warn('sign-in', { ...errorFields(error), reason: reasonOf(error), message });
      throw new SignInRefusal('unreachable', { reason: reasonOf(error) });
    }));
  provider().catch(() => undefined);
  const redirect = new URL(donePath, config.publicUrl);

  return {
    async begin({ state, nonce, verifier }) {
      return client.buildAuthorizationUrl(await provider(), {
        redirect_uri: redirect.href,
        scope: config.scope,
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
    },
    async finish(answer, { state, nonce, verifier }) {
      const server = await provider();
      const url = new URL(redirect);
      url.search = answer.toString();
      try {
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier };
        const tokens = await client.authorizationCodeGrant(server, url, checks);
        const token = tokens.claims()!;
        const asked = server.serverMetadata().userinfo_endpoint !== undefined;
        const more = asked ? [await client.fetchUserInfo(server, tokens.access_token, token.sub)] : [];
        return { issuer: token.iss, subject: token.sub, claims: [token, ...more] };
      } catch (error) {
        throw refusalFrom(error);
      }
    },
  };
}

function discover({ issuer, clientId, clientSecret }: SignInConfig): Promise<client.Configuration> {
  const address = new URL(issuer);
  return client.discovery(address, clientId, undefined, clientSecret === null ? client.None() : shown(clientSecret), {
    timeout: timeoutS,
    // The configuration lets a provider without TLS be on this machine only.
    execute: [
      client.enableNonRepudiationChecks,
      ...(address.protocol === 'http:' ? [client.allowInsecureRequests] : []),
    ],
  });
}

/** In the body where the provider takes it there: providers disagree on how the header is written. */
function shown(secret: string): client.ClientAuth {
  return (server, ...rest) => {
    const inBody = server.token_endpoint_auth_methods_supported?.includes('client_secret_post');
    return (inBody ? client.ClientSecretPost(secret) : client.ClientSecretBasic(secret))(server, ...rest);
  };
}

function refusalFrom(error: unknown): SignInRefusal {
  const reason = reasonOf(error);
  if (error instanceof client.AuthorizationResponseError) {
    return new SignInRefusal(reason === 'access_denied' ? 'cancelled' : 'failed', { reason });
  }
  // The code that the browser brought is wrong, or was used before.
  if (reason === 'invalid_grant') return new SignInRefusal('over', { reason, guess: true });
  const silent = reason === 'OAUTH_TIMEOUT' || (error instanceof TypeError && error.message === 'fetch failed');
  return new SignInRefusal(silent ? 'unreachable' : 'failed', { reason });
}

/** A name such as `invalid_grant` or `ECONNREFUSED`. A provider's sentences, and what a browser wrote, stay out. */
function reasonOf(error: unknown): string {
  const { error: said, code, cause } = error as { error?: unknown; code?: unknown; cause?: { code?: unknown } };
  const names = [said, cause?.code, code].filter((name) => typeof name === 'string');
  return names.find((name) => /^(?:[a-z_]{3,40}|[A-Z_]{3,60})$/.test(name)) ?? 'unknown';
}
