/** A company whose people sign in: a real OpenID provider, which asks for no password. */
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import OpenIdProvider, { type Context } from 'oidc-provider';

export interface Company {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who sits before the browser, by subject; null: somebody who says no. */
  who: string | null;
  /** What the provider says of each, by subject. */
  people: Record<string, Record<string, unknown>>;
  /** Every body that its token endpoint has answered. */
  tokens: string[];
  /** At the same address again, after `close`. */
  open(): Promise<void>;
  close(): Promise<void>;
}

/** `redirect`: where the relay has browsers sent back to. */
export async function startCompany(redirect: string): Promise<Company> {
  const server = http.createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const company: Company = {
    issuer: `http://127.0.0.1:${port}`,
    clientId: 'parley-relay',
    clientSecret: 'PLANTED-client-secret',
    who: null,
    people: {},
    tokens: [],
    async open() {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    async close() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  const provider = new OpenIdProvider(company.issuer, settings(company, redirect));
  const handle = provider.callback();

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    if (request.url?.startsWith('/interaction/')) {
      const refused = { error: 'access_denied', error_description: '<script>PLANTED description</script>' };
      const result = company.who === null ? refused : { login: { accountId: company.who } };
      return provider.interactionFinished(request, response, result);
    }
    if (request.url === '/token') keepWhatIsSent(response, company.tokens);
    handle(request, response);
  }
  return company;
}

function settings(company: Company, redirect: string): object {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const client = { redirect_uris: [redirect], grant_types: ['authorization_code'], response_types: ['code'] };
  return {
    clients: [
      {
        ...client,
        client_id: company.clientId,
        client_secret: company.clientSecret,
        token_endpoint_auth_method: 'client_secret_post',
      },
      { ...client, client_id: 'public', token_endpoint_auth_method: 'none' },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }] },
    cookies: { keys: ['a key of this test'] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    ttl: { AccessToken: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
    interactions: { url: (_context: Context, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_context: Context, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, ...company.people[id] }),
    }),
    // Nobody is asked whether the relay may know who they are.
    async loadExistingGrant({ oidc }: Context) {
      const { clientId } = oidc.client;
      const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
  };
}

function keepWhatIsSent(response: http.ServerResponse, bodies: string[]): void {
  const end = response.end.bind(response) as (body: unknown) => http.ServerResponse;
  response.end = ((body: unknown) => {
    bodies.push(String(body));
    return end(body);
  }) as typeof response.end;
}
