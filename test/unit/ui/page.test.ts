import { describe, expect, it } from 'vitest';
import { idleSnapshot, type Line } from '../../../lib/protocol/snapshot.ts';
import { endOfHost, reachOf, startersFor } from '../../../lib/ui/view/page.ts';

describe('the host on the chip', () => {
  it('is whole, or at least its end, which says whose it is', () => {
    expect(endOfHost('example.org:8080')).toBe('example.org:8080');
    const long = `${'accounts.bank.example.'.repeat(9)}evil.test`;
    expect(endOfHost(long)).toMatch(/^….*\.evil\.test$/);
    expect(endOfHost(long).length).toBeLessThan(70);
  });
});

describe('what one could begin with', () => {
  it('follows the page', () => {
    expect(startersFor({ reads: 'yes', hasSelection: false })).toEqual(['summary', 'about', 'able']);
    expect(startersFor({ reads: 'yes', hasSelection: true })).toEqual(['selection', 'summary', 'about']);
  });

  it('needs the page where a click can still open it', () => {
    for (const reads of ['after-click', 'ask-first'] as const)
      expect(startersFor({ reads, hasSelection: false })).toContain('summary');
  });

  it('needs no page where none can be read, or none is known', () => {
    for (const reads of ['never', 'cannot'] as const)
      expect(startersFor({ reads, hasSelection: false })).toEqual(['able']);
    expect(startersFor(null)).toEqual(['able']);
  });
});

describe('the reach of a call', () => {
  it('changes when it begins and when a tool is done, and not with every word', () => {
    const live = { phase: 'live' as const, lines: [] as Line[] };
    const tool: Line = { kind: 'tool', id: 't', at: 1, name: 'read_page', arguments: '{}', state: 'running' };
    const words: Line = { kind: 'assistant', id: 'a', at: 2, text: 'It', state: 'streaming' };
    const reaches = [
      reachOf(idleSnapshot),
      reachOf(live),
      reachOf({ ...live, lines: [tool] }),
      reachOf({ ...live, lines: [{ ...tool, state: 'done' }] }),
    ];
    expect(new Set(reaches).size).toBe(4);
    expect(reachOf({ ...live, lines: [{ ...tool, state: 'done' }, words] })).toBe(reaches[3]);
  });
});
