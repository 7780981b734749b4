/** The figures themselves: fetched by `parts/later` where the person wants them. */
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { secondsOf } from '../view/time.ts';
import { timesWords } from '../words/times-words.ts';
import { loadWords } from '../words/words.ts';

await loadWords(timesWords);

/** What is not known yet, or not told by this line, is left out. */
export function TimesLine() {
  const words = timesWords.use();
  const { transport, times } = useValue(store.snapshot);
  const { firstSoundMs, roundTripMs } = times;
  const parts: [shown: string, spoken: string][] = [];
  if (firstSoundMs !== null) {
    const seconds = secondsOf(firstSoundMs, words.language);
    parts.push([words.answer(seconds), words.spoken.answer(seconds)]);
  }
  if (transport !== null) {
    const kind = words.lines[transport] ?? transport;
    parts.push([kind, words.spoken.line(kind)]);
  }
  if (roundTripMs !== null) {
    const ms = roundTripMs.toLocaleString(words.language);
    parts.push([words.roundTrip(ms), words.spoken.roundTrip(ms)]);
  }
  if (parts.length === 0) return null;
  return (
    <p class="times" title={parts.map(([, spoken]) => spoken).join('\n')}>
      {parts.map(([shown, spoken]) => (
        <span key={shown}>
          <span aria-hidden="true">{shown}</span>
          <span class="visually-hidden">{spoken} </span>
        </span>
      ))}
    </p>
  );
}
