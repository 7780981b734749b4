import { describe, expect, it } from 'vitest';
import { checkDeviceToken, checkName, checkRelayAddress } from '../../../lib/ui/view/relay-address.ts';

describe('a relay address', () => {
  it.each([
    ['https://relay.example.org', 'https://relay.example.org'],
    ['  https://relay.example.org/  ', 'https://relay.example.org'],
    ['HTTPS://Relay.Example.ORG:8443/parley//', 'https://relay.example.org:8443/parley'],
    ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
    ['http://localhost:8787/', 'http://localhost:8787'],
    ['http://[::1]:8787', 'http://[::1]:8787'],
    // Other alphabets become punycode, so that what is saved is what is asked.
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
  ])('%s is kept as %s', (text, url) => {
    expect(checkRelayAddress(text)).toEqual({ url });
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['relay.example.org', 'not-an-address'],
    ['localhost:8787', 'not-an-address'],
    ['https:relay.example.org', 'not-an-address'],
    ['https://', 'not-an-address'],
    ['https://relay .example.org', 'not-an-address'],
    ['https://relay.example.org\nhttps://evil.example', 'not-an-address'],
    ['javascript:alert(1)', 'not-an-address'],
    ['javascript://127.0.0.1/%0aalert(1)', 'not-an-address'],
    ['file:///etc/passwd', 'not-an-address'],
    ['data:text/html,hi', 'not-an-address'],
    ['wss://relay.example.org', 'not-an-address'],
    ['http://relay.example.org', 'not-https'],
    ['http://192.168.1.5:8787', 'not-https'],
    ['http://localhost.evil.example', 'not-https'],
    ['http://127.0.0.1.evil.example', 'not-https'],
    ['https://user:secret@relay.example.org', 'has-credentials'],
    ['http://127.0.0.1@evil.example', 'has-credentials'],
    ['https://relay.example.org/?token=1', 'has-query'],
    ['https://relay.example.org/#top', 'has-query'],
    [`https://relay.example.org/${'a'.repeat(10_240)}`, 'too-long'],
  ])('%j is refused: %s', (text, problem) => {
    expect(checkRelayAddress(text)).toEqual({ problem });
  });
});

describe('a device token', () => {
  it('is trimmed, and may be taken away', () => {
    expect(checkDeviceToken(' abc\n')).toEqual({ token: 'abc' });
    expect(checkDeviceToken('')).toEqual({ token: '' });
  });

  it('is one word of a sensible length', () => {
    expect(checkDeviceToken('Device token: abc')).toEqual({ problem: 'token-spaces' });
    expect(checkDeviceToken('a'.repeat(10_240))).toEqual({ problem: 'token-long' });
  });
});

describe('the name of a model or a voice', () => {
  it.each([
    ['', ''],
    [' gpt-realtime ', 'gpt-realtime'],
    ['a b', null],
    ['a/b', null],
    ['x'.repeat(65), null],
  ])('%j becomes %j', (text, name) => {
    expect(checkName(text)).toBe(name);
  });
});
