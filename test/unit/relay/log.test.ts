import { expect, it } from 'vitest';
import { createLog, errorFields, scrub } from '../../../relay/log/log.ts';

const now = () => new Date('2026-11-20T10:11:12.000Z');

it('is one JSON line an event', () => {
  const lines: string[] = [];
  createLog({ write: (line) => lines.push(line), now }).warn('request', {
    status: 401,
    address: '192.0.2.1',
    message: 'two\nlines',
  });
  expect(JSON.parse(lines[0]!)).toEqual({
    at: '2026-11-20T10:11:12.000Z',
    level: 'warn',
    event: 'request',
    status: 401,
    address: '192.0.2.0/24',
    message: 'two lines',
  });
});

it('is readable on a terminal', () => {
  const lines: string[] = [];
  createLog({ write: (line) => lines.push(line), now, readable: true }).error('request', {
    status: 502,
    message: 'hm',
  });
  expect(lines).toEqual(['10:11:12 ERROR request  hm  status=502']);
});

it('takes out whatever looks like a secret', () => {
  for (const secret of ['sk-proj-abcDEF123456', 'ek_68abcDEF', 'parley_abcdefgh-IJKL', 'eyJhbGciOiJI.eyJzdWIi.c2ln']) {
    expect(scrub(`before ${secret} after`)).toBe('before [secret] after');
  }
  expect(scrub('Authorization: Bearer hello')).toBe('Authorization: [secret]');
});

it('names an unexpected error by kind and place, not by its words', () => {
  const fields = errorFields(new RangeError('private words'));
  expect(fields.code).toBe('RangeError');
  expect(fields.where).toMatch(/^log\.test\.ts:\d+$/);
  expect(JSON.stringify(fields)).not.toContain('private');
});
