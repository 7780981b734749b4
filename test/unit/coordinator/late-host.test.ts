import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FaultError } from '../../../lib/protocol/faults.ts';

/** Unix milliseconds from which the document's script listens. */
let listensAt = 0;
let documents = 0;
vi.mock('../../../lib/coordinator/chrome-only.ts', () => ({
  hostExists: async () => documents > 0,
  createHostDocument: async () => void (documents += 1),
}));
vi.mock('../../../lib/link/request.ts', () => ({
  sendCommand: async () => {
    if (Date.now() < listensAt) throw new Error('Could not establish connection. Receiving end does not exist.');
    return true;
  },
}));
const { ensureHost } = await import('../../../lib/coordinator/host-document.ts');

beforeEach(() => {
  vi.useFakeTimers();
  documents = 0;
});
afterEach(() => vi.useRealTimers());

it('a call document that listens 3 s late is waited for', async () => {
  listensAt = Date.now() + 3000;
  const ready = ensureHost();
  await vi.advanceTimersByTimeAsync(3100);
  await ready;
  expect(documents).toBe(1);
});

it('a call document that does not listen within 5 s is said to have stopped', async () => {
  listensAt = Date.now() + 60_000;
  const refused = expect(ensureHost()).rejects.toThrow(FaultError);
  await vi.advanceTimersByTimeAsync(5100);
  await refused;
});
