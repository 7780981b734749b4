import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemory } from '../../../lib/transport/memory.ts';

const provider = 'https://provider.example';
const day = 24 * 3_600_000;
let stored: Map<string, string>;
let now: number;
const remembering = (key = 'key') => createMemory(key, () => now);

beforeEach(() => {
  now = 0;
  stored = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
});
afterEach(() => vi.unstubAllGlobals());

describe('what was learned about a provider', () => {
  it('is known for a week, also to the next document', () => {
    expect(remembering().has(provider)).toBe(false);
    remembering().add(provider);
    now = 6 * day;
    expect(remembering().has(provider)).toBe(true);
    expect(remembering().has('https://other.example')).toBe(false);
    expect(remembering('other key').has(provider)).toBe(false);
    now = 8 * day;
    expect(remembering().has(provider)).toBe(false);
  });

  it('takes no more room than a few others', () => {
    for (now = 0; now < 100; now += 1) remembering().add(`https://p${now}.example`);
    expect(remembering().has('https://p99.example')).toBe(true);
    expect(remembering().has('https://p0.example')).toBe(false);
    expect([...stored.values()].join('').length).toBeLessThan(2000);
  });

  it.each(['nonsense', '{}', '[null, 7, {"name": 3}]'])('may be stored damaged: %s', (text) => {
    stored.set('key', text);
    expect(remembering().has(provider)).toBe(false);
    remembering().add(provider);
    expect(remembering().has(provider)).toBe(true);
  });

  it('is forgotten where nothing may be stored', () => {
    const forbidden = () => {
      throw new DOMException('no', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: forbidden, setItem: forbidden });
    expect(() => remembering().add(provider)).not.toThrow();
    expect(remembering().has(provider)).toBe(false);
  });
});
