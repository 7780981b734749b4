import { afterEach, expect, it, vi } from 'vitest';
import { playTone } from '../../../lib/audio/tones.ts';

afterEach(() => vi.unstubAllGlobals());

it('a tone whose context was closed under it is over, and fails nobody', async () => {
  class Closed {
    close = () => Promise.reject(new DOMException('Cannot close a closed AudioContext.', 'InvalidStateError'));
  }
  vi.stubGlobal('AudioContext', Closed);
  await expect(playTone('start', '')).resolves.toBeUndefined();
});
