import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isInBandOnly, rememberInBand } from '../../../lib/transport/in-band-origins.ts';

const origin = 'https://provider.example';
const day = 24 * 3_600_000;
let stored: Map<string, string>;

beforeEach(() => {
  stored = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

describe('a provider that did not know the negotiated channel', () => {
  it('is remembered for a week', () => {
    expect(isInBandOnly(origin, 0)).toBe(false);
    rememberInBand(origin, 0);
    expect(isInBandOnly(origin, 6 * day)).toBe(true);
    expect(isInBandOnly('https://other.example', 0)).toBe(false);
    expect(isInBandOnly(origin, 8 * day)).toBe(false);
  });

  it('takes no more room than a few others', () => {
    for (let index = 0; index < 100; index += 1) rememberInBand(`https://p${index}.example`, index);
    expect(isInBandOnly('https://p99.example', 100)).toBe(true);
    expect(isInBandOnly('https://p0.example', 100)).toBe(false);
    expect([...stored.values()].join('').length).toBeLessThan(2000);
  });

  it.each(['nonsense', '{}', '[null, 7, {"origin": 3}]'])('what was stored may be damaged: %s', (text) => {
    rememberInBand(origin, 0);
    for (const key of stored.keys()) stored.set(key, text);
    expect(isInBandOnly(origin, 0)).toBe(false);
    rememberInBand(origin, 0);
    expect(isInBandOnly(origin, 0)).toBe(true);
  });

  it('is forgotten where nothing may be stored', () => {
    const forbidden = () => {
      throw new DOMException('no', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: forbidden, setItem: forbidden });
    expect(() => rememberInBand(origin, 0)).not.toThrow();
    expect(isInBandOnly(origin, 0)).toBe(false);
  });
});
