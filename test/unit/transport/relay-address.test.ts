import { describe, expect, it } from 'vitest';
import { relayBase, relaySocketUrl } from '../../../lib/transport/relay-address.ts';

const at = (relayUrl: string, deviceToken = 'token') => ({ relayUrl, deviceToken });
const path = '/v1/realtime?model=m';

describe('the address of the relay', () => {
  it.each([
    ['http://127.0.0.1:8787', 'http://127.0.0.1:8787'],
    ['http://localhost:8787/', 'http://localhost:8787'],
    ['https://relay.example/parley//', 'https://relay.example/parley'],
    ['https://relay.example/parley?x=1#y', 'https://relay.example/parley'],
  ])('%s is %s', (relayUrl, base) => {
    expect(relayBase(at(relayUrl))).toBe(base);
  });

  it.each([
    '',
    'relay.example',
    'http://relay.example',
    'ftp://127.0.0.1',
    'javascript:alert(1)',
    'https://user:password@relay.example',
  ])('%s is refused', (relayUrl) => {
    expect(() => relayBase(at(relayUrl))).toThrow('relay-unset');
    expect(() => relaySocketUrl(at(relayUrl), path)).toThrow('relay-unset');
  });

  it('is nothing without a device token', () => {
    expect(() => relayBase(at('https://relay.example', ''))).toThrow('relay-unset');
  });
});

describe('a socket through the relay', () => {
  it.each([
    ['http://127.0.0.1:8787', 'ws://127.0.0.1:8787/v1/realtime?model=m'],
    ['https://relay.example/parley/', 'wss://relay.example/parley/v1/realtime?model=m'],
  ])('of %s is %s', (relayUrl, url) => {
    expect(relaySocketUrl(at(relayUrl), path)).toBe(url);
  });

  it.each(['/../other', '/..', 'v1/realtime', '@evil.example/', '.evil.example/v1', ''])(
    'never leads out of it: %s',
    (stray) => {
      expect(() => relaySocketUrl(at('https://relay.example/parley'), stray)).toThrow('relay-not-a-relay');
    },
  );

  it('stays at its host, whatever the path looks like', () => {
    for (const stray of ['//evil.example/v1', '/\\evil.example/v1', '/@evil.example']) {
      expect(new URL(relaySocketUrl(at('https://relay.example/parley'), stray)).host).toBe('relay.example');
    }
  });
});
