import { describe, expect, it } from 'vitest';
import { isSetting } from '../../../lib/protocol/settings.ts';
import { mostSites, readSites, siteLists } from '../../../lib/ui/view/sites.ts';

describe('a list of sites', () => {
  it.each([
    ['example.org', 'example.org'],
    ['  Example.ORG  ', 'example.org'],
    ['https://www.bank.example/login?next=1#top', 'www.bank.example'],
    ['http://user.example:8080/path', 'user.example'],
    ['bank.example/login', 'bank.example'],
    ['пример.example', 'xn--e1afmkfd.example'],
    ['*.example.org', 'example.org'],
    ['example.org.', 'example.org'],
    ['localhost:3000', 'localhost'],
    ['192.168.0.1', '192.168.0.1'],
  ])('takes %j as %s', (line, host) => {
    expect(readSites(line)).toEqual({ hosts: [host], wrong: [], text: host });
  });

  it.each([
    'my bank',
    'me@example.org',
    'https://me:secret@example.org/',
    'file:///home/me',
    'chrome://settings',
    'javascript:alert(1)',
    'mailto:me@example.org',
    '//',
    '-example.org',
    'exa_mple.org',
    '[::1]',
    'a..b',
    `${'a'.repeat(300)}.example`,
  ])('takes %j for no site, and keeps it to be mended', (line) => {
    expect(readSites(line)).toEqual({ hosts: [], wrong: [line], text: line });
  });

  it('keeps the good lines and their order, each once, and drops the empty ones', () => {
    const read = readSites('b.example\r\n\n my bank \nhttps://A.example/x\nb.example\n');
    expect(read).toEqual({
      hosts: ['b.example', 'a.example'],
      wrong: ['my bank'],
      text: 'b.example\nmy bank\na.example',
    });
    expect(readSites(read.text)).toEqual(read);
    expect(readSites(' \n ')).toEqual({ hosts: [], wrong: [], text: '' });
  });

  it('is one that the settings take, as long as it may be', () => {
    const { hosts } = readSites(Array.from({ length: mostSites }, (_, at) => `site${at}.example`).join('\n'));
    for (const list of siteLists) {
      expect(isSetting(list, hosts)).toBe(true);
      expect(isSetting(list, [...hosts, 'one.more.example'])).toBe(false);
    }
  });
});
