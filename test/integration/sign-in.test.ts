/** People who sign in with their company's account: a real OpenID provider, the relay as a process, and browsers. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { extensionId } from '../../lib/protocol/identity.ts';
import { CookieBrowser, type Visit } from '../support/cookie-browser.ts';
import { freePort } from '../support/free-port.ts';
import { startCompany, type Company } from './company.ts';
import { startProcess, type RelayProcess } from './relay-process.ts';

const origin = `chrome-extension://${extensionId}`;
const closers: (() => unknown)[] = [];
let directory: string;
let company: Company;
let port: number;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'parley-sign-in-'));
  closers.push(() => rm(directory, { recursive: true }));
  port = await freePort();
  company = await startCompany(`http://127.0.0.1:${port}/sign-in/done`);
  closers.push(() => company.close());
  company.people = {
    'PLANTED-ana': { email: 'Ana@Company.example', email_verified: true, name: 'Ana' },
    ben: { email: 'ben@elsewhere.example', email_verified: true, groups: ['staff', 'parley'] },
    eve: { email: 'eve@company.example', email_verified: false, name: '<b>ana@company.example' },
  };
});
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function start(env: Record<string, string> = {}): Promise<RelayProcess> {
  const relay = await startProcess({
    RELAY_DATA_DIR: directory,
    PORT: String(port),
    OPENAI_API_KEY: 'sk-test-0001',
    // Nobody calls here.
    REALTIME_BASE_URL: 'http://127.0.0.1:9/v1',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    OIDC_ISSUER: company.issuer,
    OIDC_CLIENT_ID: company.clientId,
    OIDC_CLIENT_SECRET: company.clientSecret,
    OIDC_ALLOWED: 'company.example',
    ...env,
  });
  closers.push(relay.kill);
  return relay;
}

const isDone = (url: URL): boolean => url.pathname === '/sign-in/done';

function signIn(who: string | null, { url }: RelayProcess, browser = new CookieBrowser()): Promise<Visit> {
  company.who = who;
  return browser.open(`${url}/sign-in`);
}

const codeOn = ({ text }: Visit): string => /<code>([0-9A-Z]{4}-[0-9A-Z]{4})<\/code>/.exec(text)?.[1] ?? '';

/** What the extension does with the code. */
async function pair({ url }: RelayProcess, code: string) {
  const response = await fetch(`${url}/v1/pair`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ code, name: 'a browser' }),
  });
  return (await response.json()) as { deviceToken: string; person: { name: string }; device: { id: string } };
}

async function me({ url }: RelayProcess, deviceToken: string) {
  const response = await fetch(`${url}/v1/me`, { headers: { origin, authorization: `Bearer ${deviceToken}` } });
  return (await response.json()) as { person: { name: string }; device: { id: string } };
}

describe('Signing in', () => {
  it('gives a code that connects a browser in that person’s name, and a second one to the same person', async () => {
    const relay = await start();
    const first = await signIn('PLANTED-ana', relay);
    expect(first.status).toBe(200);
    expect(first.text).toContain('The relay knows you as ana@company.example');
    expect(first.text).toContain(`${origin}/welcome.html#`);
    const one = await pair(relay, codeOn(first));
    expect((await me(relay, one.deviceToken)).person.name).toBe('ana@company.example');

    company.people['PLANTED-ana'] = { email: 'ana.married@company.example', email_verified: true };
    const two = await pair(relay, codeOn(await signIn('PLANTED-ana', relay)));
    expect(two.device.id).not.toBe(one.device.id);
    expect((await me(relay, two.deviceToken)).person.name).toBe('ana@company.example');
  });

  it('works without a secret where the provider asks for none', async () => {
    const relay = await start({ OIDC_CLIENT_ID: 'public', OIDC_CLIENT_SECRET: '' });
    expect((await signIn('PLANTED-ana', relay)).status).toBe(200);
  });

  it('shows a page that nobody keeps, frames or runs anything on', async () => {
    const { headers, text } = await signIn('PLANTED-ana', await start());
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/);
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(text).not.toContain('<script');
  });

  it('is a page of its own: another site’s page cannot open it unseen', async () => {
    const relay = await start();
    for (const [mode, place] of [
      ['no-cors', 'image'],
      ['navigate', 'iframe'],
    ]) {
      const hidden = new CookieBrowser({ 'sec-fetch-mode': mode, 'sec-fetch-dest': place });
      expect((await signIn('PLANTED-ana', relay, hidden)).status).toBe(403);
    }
  });

  it('is refused to who is not listed, with who they are and whom to ask', async () => {
    const relay = await start();
    const page = await signIn('ben', relay);
    expect(page.status).toBe(403);
    expect(page.text).toContain('ben@elsewhere.example');
    expect(page.text).toContain('whoever looks after the relay');
    expect(codeOn(page)).toBe('');
  });

  it('takes no address for theirs that the provider does not vouch for', async () => {
    const page = await signIn('eve', await start());
    expect(page.status).toBe(403);
    expect(page.text).not.toContain('<b>');
  });

  it('lets in who has the claim that is asked for', async () => {
    const relay = await start({ OIDC_ALLOWED: 'groups=parley' });
    expect((await signIn('ben', relay)).status).toBe(200);
    expect((await signIn('PLANTED-ana', relay)).status).toBe(403);
  });

  it('gives nobody the devices of somebody with the same name', async () => {
    const relay = await start({ OIDC_ALLOWED: '*' });
    const ana = await pair(relay, codeOn(await signIn('PLANTED-ana', relay)));
    const eve = await pair(relay, codeOn(await signIn('eve', relay)));
    expect(ana.person.name).toBe('ana@company.example');
    expect(eve.person.name).toMatch(/^bana@company\.example/);
    company.people['other'] = company.people['PLANTED-ana']!;
    const other = await pair(relay, codeOn(await signIn('other', relay)));
    expect(other.person.name).toMatch(/^ana@company\.example [0-9a-f]{6}$/);
  });
});

describe('An answer of the provider', () => {
  it('is taken once', async () => {
    const relay = await start();
    const browser = new CookieBrowser();
    company.who = 'PLANTED-ana';
    const { url } = await browser.open(`${relay.url}/sign-in`, isDone);
    const cookies = new Map(browser.cookies);
    expect((await browser.open(url.href)).status).toBe(200);
    const reloaded = await browser.open(url.href);
    expect(reloaded.status).toBe(400);
    expect(reloaded.text).toContain('This sign-in is over');
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    const replayed = await browser.open(url.href);
    expect(replayed.status).toBe(400);
    expect(codeOn(replayed)).toBe('');
  });

  it('is of no use in another browser, or with another’s question', async () => {
    const relay = await start();
    company.who = 'PLANTED-ana';
    const { url } = await new CookieBrowser().open(`${relay.url}/sign-in`, isDone);
    expect((await new CookieBrowser().open(url.href)).status).toBe(400);
    const victim = new CookieBrowser();
    const own = await victim.open(`${relay.url}/sign-in`, isDone);
    expect((await victim.open(url.href)).status).toBe(400);
    expect((await victim.open(own.url.href)).status).toBe(400);
  });

  it('that is made up is refused, and shuts out an address that goes on', async () => {
    const relay = await start({ RATE_FAILED_AUTH_PER_MINUTE: '5' });
    for (let time = 0; time < 5; time += 1) {
      const browser = new CookieBrowser();
      const { url } = await browser.open(`${relay.url}/sign-in`, isDone);
      const forged = new URL(url);
      forged.searchParams.delete('error');
      forged.searchParams.set('code', `made-up-${time}`);
      if (time % 2 === 0) forged.searchParams.set('state', 'made-up');
      expect((await browser.open(forged.href)).status).toBe(400);
    }
    const shut = await signIn('PLANTED-ana', relay);
    expect(shut.status).toBe(429);
    expect(Number(shut.headers['retry-after'])).toBeGreaterThan(800);
    expect(shut.text).toContain('Too many tries');
  });

  it('that says no is shown in our words, not in its own', async () => {
    const page = await signIn(null, await start());
    expect(page.status).toBe(403);
    expect(page.text).toContain('You did not sign in');
    expect(page.text).not.toContain('PLANTED');
  });
});

it('A provider that cannot be reached does not keep the relay from starting, and is asked again', async () => {
  await company.close();
  const relay = await start();
  await vi.waitFor(() => expect(relay.output()).toContain('"sign-in"'));
  const page = await signIn('PLANTED-ana', relay);
  expect(page.status).toBe(502);
  expect(page.text).toContain('does not answer the relay');
  expect(relay.output()).toContain('ECONNREFUSED');
  await company.open();
  expect((await signIn('PLANTED-ana', relay)).status).toBe(200);
});

it('Nothing that is secret, and nobody’s name, is in the logs', async () => {
  const relay = await start();
  const browser = new CookieBrowser();
  company.who = 'PLANTED-ana';
  const { url } = await browser.open(`${relay.url}/sign-in`, isDone);
  const page = await browser.open(url.href);
  const { deviceToken } = await pair(relay, codeOn(page));
  await browser.open(url.href);
  await signIn(null, relay);
  await vi.waitFor(() => expect(relay.output()).toContain('sign_in_cancelled'));
  const audit = await readFile(join(directory, 'audit.jsonl'), 'utf8');
  expect(audit).toContain('"/sign-in/done"');
  expect(audit).toMatch(/"sign_in_over"/);
  const tokens = company.tokens.flatMap((body) => Object.values(JSON.parse(body) as Record<string, string>));
  const secrets = [
    company.clientSecret,
    url.searchParams.get('code')!,
    url.searchParams.get('state')!,
    codeOn(page),
    codeOn(page).replace('-', ''),
    deviceToken,
    ...browser.seen,
    ...tokens.filter((each) => String(each).length > 20),
    'PLANTED',
    'company.example',
  ];
  expect(secrets.length).toBeGreaterThan(10);
  for (const secret of secrets) {
    if (secret === '') continue;
    expect(audit).not.toContain(secret);
    expect(relay.output()).not.toContain(secret);
  }
});
