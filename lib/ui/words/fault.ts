/** A fault in words: what happened, then what to do. Pure. */
import type { Fault } from '../../protocol/faults.ts';
import type { ReachedLimit } from '../../protocol/reached.ts';
import { exactDollars } from '../view/money.ts';
import { clock, dayAndClock } from '../view/time.ts';
import type { CallWords } from './call.ts';

const dayMs = 86_400_000;

/** `now` in unix milliseconds. */
export function sentenceOf({ code, limit, retryAfterS }: Fault, words: CallWords, now = Date.now()): string {
  if (limit) return `${what(limit, words)} ${next(limit, words, now)}`;
  const { faults, waitSeconds } = words;
  return retryAfterS === undefined ? faults[code] : `${faults[code]} ${waitSeconds(Math.ceil(retryAfterS))}`;
}

function what(limit: ReachedLimit, { limits, language }: CallWords): string {
  const { of, per } = limit;
  const most = amount(limit, limits.calls, language);
  if (per === null) return limits.open[of](most);
  return per === 'call' ? limits.call(most) : limits.used[of](most, limits.spans[per]);
}

function amount({ what: measure, most }: ReachedLimit, calls: CallWords['limits']['calls'], language: string): string {
  if (measure === 'usd') return exactDollars(most, language);
  const unit = { style: 'unit', unit: 'minute', unitDisplay: 'long' } as const;
  if (measure === 'minutes') return new Intl.NumberFormat(language, unit).format(most);
  return calls(new Intl.NumberFormat(language).format(most), most === 1);
}

function next({ per, resetsAt }: ReachedLimit, { limits, language }: CallWords, now: number): string {
  const { again, another, wait, ask } = limits.next;
  if (per === null) return wait;
  if (per === 'call') return another;
  if (resetsAt === null) return ask;
  const at = resetsAt * 1000;
  // A time of the day means the next one.
  const dated = at - now >= dayMs;
  return again((dated ? dayAndClock : clock)(at, language), dated);
}
