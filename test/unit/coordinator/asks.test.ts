import { expect, it, vi } from 'vitest';

const stored: Record<string, unknown> = {};
const local = {
  get: async (key: string) => structuredClone({ [key]: stored[key] }),
  set: async (values: Record<string, unknown>) => void Object.assign(stored, structuredClone(values)),
};
vi.mock('wxt/browser', () => ({ browser: { storage: { local } } }));
const { onAsk } = await import('../../../lib/coordinator/asks.ts');

it('keeps the books of what calls cost, and tells what was spent in all', async () => {
  expect(await onAsk({ type: 'spent', callId: 'a', usd: 0 })).toEqual({ today: 0, month: 0 });
  expect(await onAsk({ type: 'spent', callId: 'a', usd: 0.25 })).toEqual({ today: 0.25, month: 0.25 });
  // The whole of the call, told again.
  expect(await onAsk({ type: 'spent', callId: 'a', usd: 0.5 })).toEqual({ today: 0.5, month: 0.5 });
  expect(await onAsk({ type: 'spent', callId: 'b', usd: 1 })).toEqual({ today: 1.5, month: 1.5 });
});
