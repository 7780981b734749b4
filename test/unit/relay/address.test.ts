import { describe, expect, it } from 'vitest';
import { clientAddress, limitKey, shortAddress } from '../../../relay/address.ts';

describe('the client address', () => {
  it('is the socket when no proxy is ours, whatever a header claims', () => {
    expect(clientAddress('192.0.2.1', '10.0.0.1', 0)).toBe('192.0.2.1');
  });
  it('is counted from the right: what a client wrote itself is further left', () => {
    expect(clientAddress('127.0.0.1', '1.1.1.1, 203.0.113.9', 1)).toBe('203.0.113.9');
    expect(clientAddress('127.0.0.1', '1.1.1.1, 203.0.113.9, 10.0.0.2', 2)).toBe('203.0.113.9');
  });
  it('is the socket when the header is missing, short or nonsense', () => {
    expect(clientAddress('127.0.0.1', undefined, 1)).toBe('127.0.0.1');
    expect(clientAddress('127.0.0.1', '203.0.113.9', 2)).toBe('127.0.0.1');
    expect(clientAddress('127.0.0.1', '<script>', 1)).toBe('127.0.0.1');
  });
  it('of IPv4 inside IPv6 is IPv4', () => {
    expect(clientAddress('::ffff:192.0.2.1', undefined, 0)).toBe('192.0.2.1');
  });
});

it('a limit counts the /64 that one IPv6 host moves in', () => {
  expect(limitKey('2001:db8:1:2:aaaa::1')).toBe(limitKey('2001:0db8:0001:0002:bbbb:cccc:dddd:eeee'));
  expect(limitKey('2001:db8:1:2::1')).not.toBe(limitKey('2001:db8:1:3::1'));
  expect(limitKey('192.0.2.1')).toBe('192.0.2.1');
});

it('a log keeps /24 or /48', () => {
  expect(shortAddress('192.0.2.77')).toBe('192.0.2.0/24');
  expect(shortAddress('::ffff:192.0.2.77')).toBe('192.0.2.0/24');
  expect(shortAddress('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1::/48');
  expect(shortAddress('::1')).toBe('0:0:0::/48');
  expect(shortAddress('')).toBe('unknown');
});
