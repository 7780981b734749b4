import { describe, expect, it } from 'vitest';
import { deviceName, readPairCode, readPairLink } from '../../../../lib/ui/welcome/pair-link.ts';

const page = 'chrome-extension://pfmlpbmkgmjekcicgagngkmoecafikfj/welcome.html';

describe('a pairing link', () => {
  it('names a relay and a code, whole or from its # on', () => {
    const meant = { relayUrl: 'https://relay.example/team', code: 'AB12CD34' };
    const fragment = `#${new URLSearchParams({ relay: 'https://relay.example/team/', code: 'AB12CD34' })}`;
    expect(readPairLink(`${page}${fragment}`)).toEqual(meant);
    expect(readPairLink(`${fragment}\n`)).toEqual(meant);
  });

  it.each([
    ['http to another machine', '#relay=http://relay.example&code=AB12CD34'],
    ['a script for an address', '#relay=javascript:alert(1)&code=AB12CD34'],
    ['a name in the address, which may pass for a host', '#relay=https://127.0.0.1@evil.example&code=AB12CD34'],
    ['no code', '#relay=https://relay.example&code='],
    ['markup for a code', '#relay=https://relay.example&code=<b>12</b>'],
    ['a code without end', `#relay=https://relay.example&code=${'A'.repeat(10_000)}`],
  ])('with %s is damaged', (_, fragment) => {
    expect(readPairLink(fragment)).toBe('damaged');
  });

  it.each(['', '#', page, 'https://relay.example', 'AB12-CD34', '#top', '#relay=https://relay.example'])(
    '%j is none',
    (text) => expect(readPairLink(text)).toBeNull(),
  );
});

describe('a pairing code', () => {
  it('is taken as people write it', () => {
    expect(readPairCode(' ab12-cd34 ')).toBe('ab12-cd34');
    expect(readPairCode('ab12 cd34')).toBe('ab12 cd34');
  });

  it.each(['', '  ', '----', 'a', 'two\nlines', 'käse1234'])('%j is none', (text) => {
    expect(readPairCode(text)).toBeNull();
  });
});

describe('the name of a browser', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36',
      'Chrome on macOS',
    ],
    [
      'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36',
      'Chrome on ChromeOS',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36', 'Chrome on Linux'],
    ['something else', 'Chrome'],
  ])('of %s is %s', (userAgent, name) => {
    expect(deviceName(userAgent)).toBe(name);
  });
});
