import { describe, expect, it } from 'vitest';
import { Ending } from '../../start/ending.ts';

describe('ending everything', () => {
  it('closes the last part first, each once, also when one fails', async () => {
    const closed: string[] = [];
    const ending = new Ending();
    ending.add(() => closed.push('relay'));
    ending.add(() => Promise.reject(new Error('already gone')));
    ending.add(() => closed.push('browser'));
    await Promise.all([ending.end(), ending.end()]);
    expect(closed).toEqual(['browser', 'relay']);
  });

  it('closes at once what was started too late', async () => {
    const ending = new Ending();
    await ending.end();
    let closed = false;
    ending.add(() => {
      closed = true;
    });
    expect(closed).toBe(true);
    expect(ending.signal.aborted).toBe(true);
  });
});
