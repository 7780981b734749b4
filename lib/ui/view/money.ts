/** Money as a person reads it. Pure. */
import type { Money } from '../../protocol/snapshot.ts';

/** `$0.04`, in the language's way; less than a cent is `< $0.01`. */
export function dollars(usd: number, language: string): string {
  const format = (sum: number) => new Intl.NumberFormat(language, { style: 'currency', currency: 'USD' }).format(sum);
  return usd > 0 && usd < 0.01 ? `< ${format(0.01)}` : format(usd);
}

/** A sum that somebody has set: to the last digit, and without cents where there are none. */
export function exactDollars(usd: number, language: string): string {
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: 6,
    trailingZeroDisplay: 'stripIfInteger',
  }).format(usd);
}

/** `≈ $0.04`; with a part of unknown price `≥ $0.04`. Null where no price is known at all: then there are only tokens. */
export function costOfCall({ call, partial }: Money, language: string): string | null {
  if (partial && call === 0) return null;
  const sum = dollars(call, language);
  if (sum.startsWith('<')) return sum;
  return `${partial ? '≥' : '≈'} ${sum}`;
}

/** What was typed as a limit, in US dollars. Nothing typed is null: no limit. Undefined: no sum of money. */
export function readLimit(text: string): number | null | undefined {
  const typed = text.replace(/US\$|[$\s]/g, '');
  if (typed === '') return null;
  return /^\d{1,5}([.,]\d{1,2})?$/.test(typed) ? Number(typed.replace(',', '.')) : undefined;
}
