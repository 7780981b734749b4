/**
 * What was learned about a provider or an address, kept in localStorage: names under a key, each for a week, the newest
 * sixteen. A storage that is full or forbidden only means that it is learned again.
 */
const keptForMs = 7 * 24 * 3_600_000;
const mostNames = 16;

export interface Memory {
  has(name: string): boolean;
  add(name: string): void;
  remove(name: string): void;
}

interface Entry {
  name: string;
  /** Unix milliseconds. */
  at: number;
}

export function createMemory(key: string, now: () => number = Date.now): Memory {
  const read = (): Entry[] => {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
      return Array.isArray(kept) ? kept.filter(isEntry).filter(({ at }) => now() - at < keptForMs) : [];
    } catch {
      return [];
    }
  };
  const others = (name: string) => read().filter((entry) => entry.name !== name);
  const write = (entries: Entry[]) => {
    try {
      localStorage.setItem(key, JSON.stringify(entries.slice(-mostNames)));
    } catch {
      // Learned again next time.
    }
  };
  return {
    has: (name) => read().some((entry) => entry.name === name),
    add: (name) => write([...others(name), { name, at: now() }]),
    remove: (name) => write(others(name)),
  };
}

function isEntry(value: unknown): value is Entry {
  const { name, at } = { ...(value as Partial<Entry> | null) };
  return typeof name === 'string' && typeof at === 'number';
}
