import { expect, it } from 'vitest';
import { masked } from '../../../lib/protocol/masked.ts';

it.each([
  ['no answer from https://relay.example/path?token=1 in time', 'no answer from ‹address› in time'],
  ['connect to 192.168.1.20 failed', 'connect to ‹address› failed'],
  ['Unexpected token o, "my own words" is not JSON', 'Unexpected token o, ‹…› is not JSON'],
  ["it can't open 'my file', and won't", "it can't open ‹…›, and won't"],
  ['the key ek_68af296e8e408191a1120ab6383263c2 is wrong', 'the key ‹…› is wrong'],
  ['one\n  two', 'one two'],
])('hides what may be private: %s', (text, shown) => {
  expect(masked(text)).toBe(shown);
});

it.each([
  'provider error: conversation_already_has_active_response (ignored)',
  'malformed event: response.output_item.done: item.id',
  'webrtc did not open: connection-failed: no channel in 6 s',
])('leaves what tells something: %s', (text) => {
  expect(masked(text)).toBe(text);
});

it('is never long', () => {
  expect(masked('word '.repeat(100))).toHaveLength(200);
});
