import { describe, expect, it } from 'vitest';
import { SentLog } from '../../../lib/call/sent-log.ts';

describe('what rows have sent', () => {
  it('is kept as it was sent, until there is too much: then the oldest goes', () => {
    const log = new SentLog();
    const half = 'x'.repeat(99_000);
    log.keep('a', { output: half });
    log.keep('b', { output: half, image: 'data:,' });
    expect(log.of('a')).toEqual({ output: half });
    log.keep('c', { output: half });
    expect(log.of('a')).toBeNull();
    expect(Object.keys(log.all())).toEqual(['b', 'c']);
  });

  it('is gone with the call', () => {
    const log = new SentLog();
    log.keep('a', { output: '{}' });
    log.clear();
    expect(log.all()).toEqual({});
  });
});
