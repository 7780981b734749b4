import { expect, it } from 'vitest';
import { requireSendable } from '../../../lib/transport/sendable.ts';

const limit = 60 * 1024;

it('takes 60 KiB of UTF-8 and not a byte more', () => {
  expect(() => requireSendable('a'.repeat(limit), 0)).not.toThrow();
  expect(() => requireSendable('a'.repeat(limit + 1), 0)).toThrow('internal');
  expect(() => requireSendable('é'.repeat(limit / 2), 0)).not.toThrow();
  expect(() => requireSendable('é'.repeat(limit / 2 + 1), 0)).toThrow('internal');
  expect(() => requireSendable('€'.repeat(limit / 3), 0)).not.toThrow();
  expect(() => requireSendable('€'.repeat(limit / 3 + 1), 0)).toThrow('internal');
});

it('takes nothing more when a minute of sound waits already', () => {
  expect(() => requireSendable('a', 4 * 1024 * 1024)).not.toThrow();
  expect(() => requireSendable('a', 4 * 1024 * 1024 + 1)).toThrow('connection-lost');
});
