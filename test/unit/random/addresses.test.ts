import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostOf as tabHost, originOf, placeName } from '../../../lib/coordinator/page/address.ts';
import { textFragment } from '../../../lib/coordinator/text-fragment.ts';
import { FaultError } from '../../../lib/protocol/faults.ts';
import { transportOffer } from '../../../lib/protocol/grant.ts';
import { isSetting } from '../../../lib/protocol/settings.ts';
import { returnAddress, shownAddress } from '../../../lib/tools/address.ts';
import { checkedBase, relaySocketUrl } from '../../../lib/transport/relay-address.ts';
import { hostOf, webAddress } from '../../../lib/ui/view/address.ts';
import { checkRelayAddress } from '../../../lib/ui/view/relay-address.ts';
import { readSites } from '../../../lib/ui/view/sites.ts';
import { readPairLink } from '../../../lib/ui/welcome/pair-link.ts';
import { clientAddress, limitKey, shortAddress } from '../../../relay/address.ts';
import { readRequest } from '../../../relay/socket/request.ts';
import { howMany, patience } from '../../support/how-many.ts';
import { oddText } from '../../support/odd-values.ts';

/** Addresses of every kind, whole and broken. */
const address = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.webUrl({ withQueryParameters: true, withFragments: true, validSchemes: ['http', 'https'] }),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({
        scheme: fc.constantFrom(
          'https://',
          'http://',
          'HTTPS://',
          'https:',
          'javascript:',
          'file:///',
          'data:',
          '//',
          'ftp://',
          'ws://',
          '',
        ),
        user: fc.constantFrom('', '', '', 'user:canary-secret@', 'user@', '@', ':@'),
        host: fc.oneof(
          fc.constantFrom(
            'relay.example',
            'bücher.example',
            '127.0.0.1',
            'localhost',
            '[::1]',
            '[::1',
            '0x7f.1',
            'xn--',
            '..',
            'a..b',
            '*.example.org',
            '',
          ),
          oddText,
        ),
        port: fc.constantFrom('', ':8787', ':0', ':99999', ':', ':x'),
        rest: fc.oneof(
          fc.constantFrom('', '/', '//', '/team/', '/../..', '?a=1', '#x', '/%zz', '/%'),
          oddText.map((text) => `/${text}`),
        ),
      })
      .map(({ scheme, user, host, port, rest }) => scheme + user + host + port + rest),
  },
  { weight: 1, arbitrary: oddText },
  { weight: 1, arbitrary: fc.tuple(oddText, oddText).map(([a, b]) => `https://relay.example/${a}?${b}`) },
);
const all = howMany<[string]>(1_000, 50_000);
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

describe('any text at all', () => {
  it(
    'is an address of a relay only where a token may go: https, or this machine, and no name in front',
    () => {
      fc.assert(
        fc.property(address, (text) => {
          const read = checkRelayAddress(text);
          if (!('url' in read)) return;
          const { protocol, hostname, username, password, search, hash } = new URL(read.url);
          expect(protocol === 'https:' || loopback.has(hostname)).toBe(true);
          expect([username, password, search, hash]).toEqual(['', '', '', '']);
          // What the options take is what a call goes to, in one form.
          expect(checkedBase(read.url)).toBe(read.url);
          expect(checkRelayAddress(read.url)).toEqual(read);
          expect(isSetting('relay', { url: read.url, deviceToken: '' })).toBe(true);
        }),
        all,
      );
    },
    patience,
  );

  it(
    'in the settings leads to a relay, or is refused as one that is not set',
    () => {
      fc.assert(
        fc.property(address, oddText, (relayUrl, path) => {
          const refused = (asking: () => string, codes: string[]) => {
            try {
              return asking();
            } catch (error) {
              expect(error).toBeInstanceOf(FaultError);
              expect(codes).toContain((error as FaultError).fault.code);
              expect(String(error)).not.toContain('canary-secret');
              return null;
            }
          };
          const base = refused(() => checkedBase(relayUrl), ['relay-unset']);
          const socket = refused(
            () => relaySocketUrl({ relayUrl, deviceToken: 't' }, path),
            ['relay-unset', 'relay-not-a-relay'],
          );
          if (base !== null) expect(new URL(base).username).toBe('');
          if (socket !== null) expect(new URL(socket).host).toBe(new URL(base!).host);
        }),
        howMany(1_000, 50_000),
      );
    },
    patience,
  );

  it(
    'in a grant is one of the web, of a socket, or a path',
    () => {
      fc.assert(
        fc.property(address, (url) => {
          if (transportOffer.safeParse({ kind: 'webrtc', url }).success)
            expect(url).toMatch(/^(https?:\/\/|wss?:\/\/|\/)/);
        }),
        all,
      );
    },
    patience,
  );

  it(
    'as the address of a page shows no password, and opens only where it is of the web',
    () => {
      fc.assert(
        fc.property(address, (text) => {
          const shown = shownAddress(text);
          expect(shown.length).toBeLessThanOrEqual(300);
          if (URL.parse(text)?.password) expect(`${shown}${returnAddress(text)}`).not.toContain('canary-secret');
          const web = webAddress(text);
          if (web) {
            expect(web.href).toMatch(/^https?:\/\//);
            expect(web.origin + web.rest).toBe(web.href);
            expect(new URL(web.href).password).toBe('');
          }
          for (const read of [hostOf(text), tabHost(text), placeName(text), originOf(text) ?? '']) {
            expect(typeof read).toBe('string');
            if (URL.parse(text)?.password) expect(read).not.toContain('canary-secret');
          }
          const fragment = textFragment(text, 'opens at nine');
          if (fragment !== null) expect(fragment).toMatch(/^https?:.*#.*:~:text=/);
        }),
        all,
      );
    },
    patience,
  );

  it(
    'as a quote makes a fragment that is an address still',
    () => {
      fc.assert(
        fc.property(oddText, (quote) => {
          const fragment = textFragment('https://example.org/#top', quote);
          if (fragment !== null) expect(new URL(fragment).origin).toBe('https://example.org');
        }),
        howMany(300, 50_000),
      );
    },
    patience,
  );

  it(
    'in a list of sites is a host, or stays to be mended',
    () => {
      fc.assert(
        fc.property(fc.array(address, { maxLength: 5 }), (lines) => {
          const { hosts, text } = readSites(lines.join('\n'));
          for (const host of hosts) expect(isSetting('neverRead', [host])).toBe(true);
          expect(readSites(text).hosts).toEqual(hosts);
        }),
        howMany(500, 50_000),
      );
    },
    patience,
  );

  it(
    'as a link for pairing leads to a relay as the options would take it, or is damaged',
    () => {
      fc.assert(
        fc.property(address, oddText, (relay, code) => {
          const texts = [
            relay,
            `chrome-extension://x/welcome.html#relay=${relay}&code=${code}`,
            `#relay=${encodeURIComponent(relay.toWellFormed())}&code=AB12-CD34`,
          ];
          for (const text of texts) {
            const read = readPairLink(text);
            if (read === null || read === 'damaged') continue;
            expect(checkRelayAddress(read.relayUrl)).toEqual({ url: read.relayUrl });
            expect(read.code).toMatch(/^[A-Za-z0-9 -]{4,32}$/);
          }
        }),
        howMany(500, 50_000),
      );
    },
    patience,
  );

  it(
    'that a stranger sends to the relay is read without a fall',
    () => {
      fc.assert(
        fc.property(oddText, oddText, fc.nat({ max: 3 }), (url, header, hops) => {
          readRequest({ url, headers: { 'sec-websocket-protocol': header } } as never);
          const client = clientAddress('192.0.2.7', header, hops);
          expect(client.length).toBeLessThanOrEqual(45);
          expect(shortAddress(client).length).toBeLessThan(60);
          expect(limitKey(client).length).toBeLessThan(60);
        }),
        howMany(500, 50_000),
      );
    },
    patience,
  );
});
