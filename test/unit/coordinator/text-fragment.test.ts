import { expect, it } from 'vitest';
import { textFragment } from '../../../lib/coordinator/text-fragment.ts';

const long = 'The tower opens at nine in the morning and closes at six in the evening.';

it.each([
  [
    'a short quote is told whole',
    'https://example.org/a',
    'opens at nine',
    'https://example.org/a#:~:text=opens%20at%20nine',
  ],
  [
    'a long one by its beginning and its end',
    'https://example.org/',
    long,
    'https://example.org/#:~:text=The%20tower%20opens%20at%20nine,at%20six%20in%20the%20evening',
  ],
  [
    'so is one that leaves words out',
    'https://example.org/',
    'the tower … at six',
    'https://example.org/#:~:text=the%20tower,at%20six',
  ],
  ['signs at its ends are left out', 'https://example.org/', '“at nine!”', 'https://example.org/#:~:text=at%20nine'],
  [
    'a language without spaces is cut between words',
    'https://example.org/',
    '灯塔早上九点开门',
    'https://example.org/#:~:text=%E7%81%AF%E5%A1%94%E6%97%A9%E4%B8%8A%E4%B9%9D%E7%82%B9%E5%BC%80%E9%97%A8',
  ],
  [
    'what the address points at stays',
    'https://example.org/?q=1#tower',
    'at nine',
    'https://example.org/?q=1#tower:~:text=at%20nine',
  ],
  [
    'but for other words',
    'http://example.org/#tower:~:text=old',
    'at nine',
    'http://example.org/#tower:~:text=at%20nine',
  ],
  [
    'signs with a meaning are encoded',
    'https://example.org/',
    'a-b, c & d',
    'https://example.org/#:~:text=a%2Db%2C%20c%20%26%20d',
  ],
  [
    'half a character is none',
    'https://example.org/',
    'nine\ud800 times',
    'https://example.org/#:~:text=nine%EF%BF%BD%20times',
  ],
])('%s', (_, url, quote, address) => {
  expect(textFragment(url, quote)).toBe(address);
});

it.each([
  ['a file', 'file:///tmp/a.html', 'at nine'],
  ['a page of the browser', 'chrome://settings/', 'at nine'],
  ['a script', 'javascript:alert(1)', 'at nine'],
  ['data', 'data:text/html,at nine', 'at nine'],
  ['no address', 'example', 'at nine'],
  ['no words', 'https://example.org/', ' … '],
])('%s leads nowhere', (_, url, quote) => {
  expect(textFragment(url, quote)).toBe(null);
});
