import { describe, expect, it } from 'vitest';
import { badgeFor } from '../../../lib/coordinator/badge.ts';
import { phases, turns } from '../../../lib/protocol/snapshot.ts';

describe('the badge', () => {
  it('has something to say for every state in which the microphone may be open', () => {
    for (const turn of turns) expect(badgeFor('live', turn).text).not.toBe('');
    for (const phase of phases) {
      const { text } = badgeFor(phase, null);
      expect(text.length).toBeLessThanOrEqual(4);
      expect(text === '').toBe(phase === 'idle' || phase === 'ended');
    }
  });
});
