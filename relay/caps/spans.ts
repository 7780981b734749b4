/** Calendar spans of UTC: which one a moment is in, and when that ends. */
import type { Span } from './rules.ts';

export type CalendarSpan = Exclude<Span, 'call'>;

const digits: Readonly<Record<CalendarSpan, number>> = { minute: 16, hour: 13, day: 10, month: 7 };
const lengthsMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** `2026-11-20T10`, the hour that `now` (ms since 1970) is in. */
export function spanName(span: CalendarSpan, now: number): string {
  return new Date(now).toISOString().slice(0, digits[span]);
}

/** When the span that `now` is in ends, ms since 1970. */
export function spanEnd(span: CalendarSpan, now: number): number {
  if (span !== 'month') return (Math.floor(now / lengthsMs[span]) + 1) * lengthsMs[span];
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}
