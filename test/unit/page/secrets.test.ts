import { describe, expect, it } from 'vitest';
import { maskSecrets } from '../../../lib/page/secrets.ts';

// Put together here, so that no scanner takes the tests for a leak.
const key = (start: string, length = 36) => start + 'aB3dE5fG7hJ9'.repeat(6).slice(0, length);

describe('is masked', () => {
  it.each([
    ['a card', '4111 1111 1111 1111', '[card number]'],
    ['a card without spaces', '5500005555555559', '[card number]'],
    ['a card in table cells', '4111 | 1111 | 1111 | 1111', '[card number]'],
    ['an American card', '3782-822463-10005', '[card number]'],
    ['an account', 'DE89 3704 0044 0532 0130 00', '[bank account]'],
    ['an account without spaces', 'GB82WEST12345698765432', '[bank account]'],
    ['a JWT', `${key('eyJ', 20)}.${key('eyJ', 30)}.${key('', 30)}`, '[token]'],
    ['a provider key', key('sk-proj-'), '[key]'],
    ['a session key', key('ek_'), '[key]'],
    ['a GitHub token', key('ghp_'), '[key]'],
    ['an AWS key id', `AKIA${'ABCDEFGH23456789'}`, '[key]'],
    ['a Slack token', key('xoxb-'), '[key]'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '[private key]'],
  ])('%s', (_what, secret, mask) => {
    expect(maskSecrets(`Before ${secret} after`)).toBe(`Before ${mask} after`);
  });

  it.each([
    ['a bearer', `Authorization: Bearer ${key('', 24)}`, 'Authorization: Bearer [token]'],
    ['a password in a file', 'DB_PASSWORD=hunter2x', 'DB_PASSWORD=[password]'],
    ['a password in an address', 'postgres://app:hunter2@db/x', 'postgres://app:[password]@db/x'],
    ['a code', 'Your code is 482913.', 'Your code is [code].'],
    ['a code in two halves', 'Verification code: 482 913', 'Verification code: [code]'],
    ['a short code', 'Your one-time code: 4829', 'Your one-time code: [code]'],
    ['a code before its name', '482913 is your login code', '[code] is your login code'],
    ['a Portuguese code', 'Seu código de verificação é 482913', 'Seu código de verificação é [code]'],
  ])('%s, and only it', (_what, text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
  });
});

describe('stays', () => {
  it.each([
    'The number 4111 1111 1111 1112 has a wrong check digit.',
    'Order 20240131123456 of 31 January 2024',
    'ISBN 978-3-16-148410-0',
    'Call +49 30 1234567890',
    'Postal code 101 000, area code 212555',
    'HTTP status code 404, error code 500123',
    'password: required',
    'The token: a string that names the user',
    'A sketch of sk-learn and skiing',
    'DE is the code of Germany since 1974',
    'https://example.org/a/b?x=1:2@3',
    'Population 1,234,567,890,123,456',
  ])('%s', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });
});
