/**
 * Providers that did not know the negotiated channel although their grant said so (a proxy may have taken `?dcid=` off the
 * address). They are asked for the ordinary one at once, until a week has passed.
 */
const key = 'parley-in-band-origins';
const keptForMs = 7 * 24 * 3_600_000;
const mostOrigins = 16;

/** `nowMs`: Unix milliseconds. */
export function isInBandOnly(origin: string, nowMs: number): boolean {
  return read(nowMs).some((entry) => entry.origin === origin);
}

export function rememberInBand(origin: string, nowMs: number): void {
  const others = read(nowMs).filter((entry) => entry.origin !== origin);
  try {
    localStorage.setItem(key, JSON.stringify([...others, { origin, atMs: nowMs }].slice(-mostOrigins)));
  } catch {
    // Full or forbidden: the next call loses its two seconds again.
  }
}

interface Entry {
  origin: string;
  atMs: number;
}

function read(nowMs: number): Entry[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isEntry).filter(({ atMs }) => nowMs - atMs < keptForMs) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  const { origin, atMs } = { ...(value as Partial<Entry> | null) };
  return typeof origin === 'string' && typeof atMs === 'number';
}
