/** How long nobody may say anything, as the options offer it. Pure. */
import type { KeepingWords } from '../words/keeping.ts';

const offeredMinutes = [1, 2, 3, 5, 10, 30];
const minuteMs = 60_000;

/** Milliseconds as text, or `null` for never, with their names; another time that is set already is offered, too. */
export function idleChoices(
  now: number | null,
  { minutes, seconds, never, language }: Pick<KeepingWords, 'minutes' | 'seconds' | 'never' | 'language'>,
): Record<string, string> {
  const offered = new Set(offeredMinutes.map((count) => count * minuteMs));
  if (now !== null) offered.add(now);
  const name = (ms: number) =>
    ms % minuteMs === 0
      ? minutes((ms / minuteMs).toLocaleString(language))
      : seconds(Math.round(ms / 1000).toLocaleString(language));
  const times = [...offered].sort((a, b) => a - b).map((ms): [string, string] => [String(ms), name(ms)]);
  return Object.fromEntries([...times, ['null', never]]);
}

export function idleOf(choice: string): number | null {
  return choice === 'null' ? null : Number(choice);
}
