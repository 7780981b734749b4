import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig, type Environment } from '../../../relay/settings/config.ts';
import { createDevices, memoryStore, type TeamStore } from '../../../relay/devices.ts';
import { createLimits } from '../../../relay/limits.ts';
import { memoryDatabase } from '../../../relay/sqlite/database.ts';
import { sqliteTeam } from '../../../relay/sqlite/team.ts';
import { personOf } from '../../../relay/sign-in/account.ts';
import { beginAttempt, takeAttempt } from '../../../relay/sign-in/attempt.ts';
import {
  displayName,
  isAllowed,
  vouchedAddress,
  type Claims,
  type Identity,
  type IdentityProvider,
} from '../../../relay/sign-in/identity.ts';
import { SignInRefusal, statuses, type Why } from '../../../relay/sign-in/refusal.ts';
import type { SignIn } from '../../../relay/sign-in/routes.ts';
import { allWords, wordsFor } from '../../../relay/sign-in/words.ts';
import { errorOf, generous, origin, relay } from './parts.ts';

const identity = (...claims: Claims[]): Identity => ({ issuer: 'https://id.example', subject: '1', claims });
const vouched = (email: string) => identity({ email, email_verified: true });

describe('The settings of a sign-in', () => {
  const good = {
    OIDC_ISSUER: 'https://id.example/realms/one/',
    OIDC_CLIENT_ID: 'parley',
    OIDC_ALLOWED: 'example.com',
    PUBLIC_URL: 'https://relay.example.com',
  };
  const errorsOf = (changes: Environment): readonly string[] => {
    try {
      loadConfig({ ...good, ...changes });
      return [];
    } catch (error) {
      if (error instanceof ConfigError) return error.errors;
      throw error;
    }
  };

  it('are the least that a company has to say', () => {
    expect(loadConfig(good).signIn).toEqual({
      issuer: good.OIDC_ISSUER,
      clientId: 'parley',
      clientSecret: null,
      allowed: ['example.com'],
      scope: 'openid email profile',
      deviceDays: 30,
      publicUrl: good.PUBLIC_URL,
    });
    expect(loadConfig({}).signIn).toBeNull();
    expect(loadConfig({ ...good, OIDC_DEVICE_DAYS: '0' }).signIn?.deviceDays).toBeNull();
  });

  it.each<[string, Environment, RegExp]>([
    ['let nobody in by default', { OIDC_ALLOWED: '' }, /^OIDC_ALLOWED: is needed .*nobody is let in by default/],
    ['need an address to come back to', { PUBLIC_URL: '' }, /^PUBLIC_URL: is needed/],
    ['need TLS', { PUBLIC_URL: 'http://relay.example.com' }, /^PUBLIC_URL: must be https/],
    ['need to be known to the provider', { OIDC_CLIENT_ID: '' }, /^OIDC_CLIENT_ID: is needed/],
    [
      'are nothing without a provider',
      { OIDC_ISSUER: '' },
      /^OIDC_ISSUER: is needed with OIDC_CLIENT_ID, OIDC_ALLOWED/,
    ],
    ['want a provider with TLS', { OIDC_ISSUER: 'http://id.example' }, /^OIDC_ISSUER: must be the https address/],
    ['want one company', { OIDC_ISSUER: 'https://login.microsoftonline.com/common/v2.0' }, /your own tenant/],
    ['do not take all of Google', { OIDC_ISSUER: 'https://accounts.google.com', OIDC_ALLOWED: '*' }, /hd=example\.com/],
    ['know a typing error', { OIDC_ALLOWED: 'example' }, /^OIDC_ALLOWED: must be/],
    ['ask for an identity', { OIDC_SCOPE: 'email' }, /^OIDC_SCOPE: must be/],
  ])('%s', (_what, changes, words) => {
    expect(errorsOf(changes)).toEqual([expect.stringMatching(words)]);
  });

  it('may be those of a provider on this machine', () => {
    expect(errorsOf({ OIDC_ISSUER: 'http://127.0.0.1:9000', PUBLIC_URL: 'http://localhost:8787' })).toEqual([]);
  });
});

describe('Who may come in', () => {
  it.each<[string, Identity, boolean]>([
    ['example.com', vouched('Ana@Example.COM'), true],
    ['Example.com', vouched('ana@example.com'), true],
    ['example.com', vouched('ana@sub.example.com'), false],
    ['example.com', vouched('ana@notexample.com'), false],
    ['example.com', vouched('example.com@evil.example'), false],
    ['example.com', identity({ email: 'ana@example.com' }), false],
    ['example.com', identity({ email: 'ana@example.com', email_verified: 'false' }), false],
    ['example.com', identity({ email: 'ana@example.com', email_verified: 'true' }), true],
    ['example.com', identity({ email: 'ana@example.com' }, { email_verified: true }), false],
    ['example.com', vouched('ana@evil.example@example.com'), false],
    ['ana@example.com', vouched('ana@example.com'), true],
    ['ana@example.com', vouched('ben@example.com'), false],
    ['groups=parley', identity({}, { groups: ['a', 'parley'] }), true],
    ['groups=parley', identity({ groups: 'parley' }), true],
    ['groups=parley', identity({ groups: ['parleys'] }), false],
    ['groups=parley', identity({ groups: { parley: true } }), false],
    ['toString=parley', identity({}), false],
    ['hd=example.com', identity({ hd: 'example.com' }), true],
    ['hd=example.com', vouched('ana@example.com'), false],
    ['*', identity({}), true],
  ])('by %s: %o is let in: %s', (entry, who, is) => {
    expect(isAllowed([entry], who)).toBe(is);
  });

  it('by no entry: nobody', () => expect(isAllowed([], vouched('ana@example.com'))).toBe(false));
});

it('A name comes from what the provider vouches for, and is one that a terminal does not obey', () => {
  const named = { preferred_username: 'ana', name: 'Ana María' };
  expect(displayName(identity({ ...named, email: 'A@b.example', email_verified: true }))).toBe('a@b.example');
  expect(displayName(identity({ ...named, email: 'boss@b.example' }))).toBe('ana');
  expect(displayName(identity({ name: '\u001B[31m-Ana\n<b>' }))).toBe('31m-Anab');
  expect(displayName(identity({ name: '…', preferred_username: 5 }))).toBe('person');
  expect(displayName(identity({ name: 'ñ'.repeat(500) }))).toHaveLength(56);
  expect(vouchedAddress(identity({ email: 'a b@c.example', email_verified: true }))).toBeNull();
});

const stores: [string, () => TeamStore][] = [
  ['in memory', memoryStore],
  ['in SQLite', () => sqliteTeam(memoryDatabase())],
];

describe.each(stores)('Whoever signs in, kept %s,', (_where, store) => {
  const day = 86_400_000;

  it('is known by their account, whatever they are called', async () => {
    const devices = createDevices(store());
    const one = await personOf(devices, vouched('ana@example.com'));
    const [again, other] = await Promise.all([
      personOf(devices, vouched('married@example.com')),
      personOf(devices, { ...vouched('ana@example.com'), subject: '2' }),
    ]);
    expect(again).toEqual(one);
    expect(other.id).not.toBe(one.id);
    expect(other.name).toMatch(/^ana@example\.com [0-9a-f]{6}$/);
    expect(JSON.stringify(await devices.team.people())).not.toContain('id.example');
  });

  it('is one person although two browsers come at once', async () => {
    const devices = createDevices(store());
    const ids = await Promise.all(Array.from({ length: 5 }, () => personOf(devices, vouched('ana@example.com'))));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
  });

  it('does not become somebody who was invited, nor the owner', async () => {
    const devices = createDevices(store());
    const ana = await devices.person('ana@example.com');
    expect((await personOf(devices, vouched('ana@example.com'))).id).not.toBe(ana.id);
    expect((await personOf(devices, { ...identity({ name: 'owner' }), subject: '3' })).name).toMatch(/^owner [0-9a-f]/);
  });

  it('has to sign in again after as many days as are set; who was invited has not', async () => {
    let now = new Date('2026-11-20T10:00:00Z');
    const devices = createDevices(store(), () => now, 30);
    const { name } = await personOf(devices, vouched('ana@example.com'));
    const { token } = await devices.add('laptop', name);
    const invited = await devices.add('laptop', 'ben');
    now = new Date(now.getTime() + 30 * day - 1);
    expect((await devices.find(token))?.endsAt).toBe('2026-12-20T10:00:00.000Z');
    now = new Date(now.getTime() + 1);
    await expect(devices.find(token)).rejects.toThrow(/Sign in again/);
    expect(await devices.find(invited.token)).not.toBeNull();
  });
});

it('A browser whose sign-in has ended is told to sign in again, and shuts nobody out by asking', async () => {
  let now = new Date('2026-11-20T10:00:00Z');
  const devices = createDevices(memoryStore(), () => now, 30);
  const { token: ended } = await devices.add('laptop', (await personOf(devices, vouched('ana@example.com'))).name);
  const { token: invited } = await devices.add('laptop', 'ben');
  now = new Date('2027-01-01T10:00:00Z');
  const { send } = await relay({ devices, limits: createLimits({ ...generous, failedAuthPerMinute: 2 }) });
  const me = (token: string) => send('/v1/me', { headers: { origin, authorization: `Bearer ${token}` } });
  for (let time = 0; time < 5; time += 1) {
    const answer = await me(ended);
    expect(answer.status).toBe(401);
    expect((await errorOf(answer)).message).toContain('/sign-in');
  }
  expect((await me(invited)).status).toBe(200);
});

it('A sign-in that is under way lasts ten minutes, in the browser that began it, at this relay', async () => {
  let now = 0;
  const parts = { salt: 'one', secure: true, now: () => now };
  const app = new Hono();
  app.get('/begin', async (c) => c.json(await beginAttempt(c, parts)));
  app.get('/take/:state/:salt', async (c) => {
    const { state, salt } = c.req.param();
    return c.json(await takeAttempt(c, state, { ...parts, salt }));
  });
  const begun = await app.request('/begin');
  const { state } = (await begun.json()) as { state: string };
  const [line = ''] = begun.headers.getSetCookie();
  expect(line).toMatch(/^__Host-parley-sign-in=sealed_/);
  expect(line).toMatch(/Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax/);
  expect(line).not.toContain(state);
  const cookie = line.split(';')[0]!;
  const take = async (path: string, shown = cookie) =>
    (await app.request(`/take/${path}`, { headers: { cookie: shown } })).json();
  now = 600_000 - 1;
  expect(await take(`${state}/one`)).toMatchObject({ state });
  expect(await take(`other/one`)).toBe('forged');
  expect(await take(`${state}/two`)).toBe('forged');
  expect(await take(`${state}/one`, `${cookie}x`)).toBe('forged');
  expect(await take(`${state}/one`, '')).toBe('none');
  now = 600_000;
  expect(await take(`${state}/one`)).toBe('none');
});

describe('The pages of a sign-in', () => {
  const ana = vouched('ana@example.com');
  const answering = (finish: IdentityProvider['finish']): SignIn => ({
    provider: { begin: async ({ state }) => new URL(`https://id.example/auth?state=${state}`), finish },
    allowed: ['example.com'],
    publicUrl: 'https://relay.example.com',
    extensionIds: ['b'.repeat(32)],
  });
  const open = async (signIn: SignIn, headers: Record<string, string> = {}, parts: object = {}) => {
    const { send, lines } = await relay({ signIn, ...parts });
    const to = (await send('/sign-in', { headers })).headers;
    const { search } = new URL(to.get('location') ?? 'https://id.example/');
    const cookie = to.getSetCookie()[0]?.split(';')[0] ?? '';
    const finish = () => send(`/sign-in/done${search}`, { headers: { ...headers, cookie } });
    return { page: await finish(), finish, lines };
  };
  const failing = (why: Why, extras = {}) =>
    answering(async () => {
      throw new SignInRefusal(why, extras);
    });

  it('speak the person’s language', async () => {
    for (const words of allWords) {
      const { page } = await open(
        answering(async () => ana),
        { 'accept-language': words.language },
      );
      expect(page.status).toBe(200);
      const text = await page.text();
      expect(text).toContain(`<html lang="${words.language}">`);
      expect(text).toContain(words.done.intro('ana@example.com'));
      // One for the extension's own id, and one for the other copy.
      expect(text.match(/chrome-extension:\/\/[a-p]{32}\/welcome\.html#relay=https/g)).toHaveLength(2);
    }
    expect(wordsFor('fr;q=1, pt;q=0.8, en').language).toBe('pt-BR');
    expect(wordsFor(',').language).toBe('en');
  });

  it.each(Object.keys(statuses) as Why[])('say what happened: %s', async (why) => {
    const { page, lines } = await open(failing(why, { who: '<i>eve</i>', waitS: 7, reason: 'a_reason' }));
    expect(page.status).toBe(statuses[why]);
    expect(page.headers.get('content-type')).toContain('text/html');
    const text = await page.text();
    expect(text).toContain(`<h1>${wordsFor('en').refused[why].title}</h1>`);
    expect(text).not.toContain('<i>');
    expect(lines.at(-1)).toMatch(/"code":"sign_in_[a-z_]+","reason":"a_reason"/);
  });

  it('count what could be a guess, and nothing else', async () => {
    const strict = () => ({ limits: createLimits({ ...generous, failedAuthPerMinute: 2 }) });
    const guesses = failing('over', { guess: true });
    const others = failing('cancelled');
    for (const [signIn, last] of [
      [guesses, 429],
      [others, 403],
    ] as const) {
      const limits = strict();
      await open(signIn, {}, limits);
      await open(signIn, {}, limits);
      const { page } = await open(signIn, {}, limits);
      expect(page.status).toBe(last);
    }
  });

  it('take an answer once, although the provider would take it again', async () => {
    const { page, finish } = await open(answering(async () => ana));
    expect(page.status).toBe(200);
    expect(page.headers.getSetCookie()[0]).toMatch(/Max-Age=0/);
    expect((await finish()).status).toBe(400);
  });

  it('are not there where nobody signs in', async () => {
    const { send } = await relay();
    expect((await send('/sign-in')).status).toBe(404);
  });
});
