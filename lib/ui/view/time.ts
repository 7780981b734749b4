/** Times as text. Pure. */

/** `0:05`, `12:34`, `1:02:03`. */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Making one takes longer than drawing a line. */
const clocks = new Map<string, Intl.DateTimeFormat>();

/** The time of day in the person's way, e.g. `14:03` or `2:03 PM`. */
export function clock(at: number, language: string): string {
  const known = clocks.get(language) ?? new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' });
  clocks.set(language, known);
  return known.format(at);
}

/** The same of another day, e.g. `December 1 at 2:03 PM`. */
export function dayAndClock(at: number, language: string): string {
  const parts = { day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(language, parts).format(at);
}

/** `0.8`, in the language's way; of ten seconds and more only the whole ones. */
export function secondsOf(ms: number, language: string): string {
  const digits = ms < 9_950 ? 1 : 0;
  return (ms / 1000).toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
