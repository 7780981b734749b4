const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** A whole number from 0 to 999,999 as English words, without "and" or hyphens. */
export function numberWords(number: number): string {
  const [unit, name]: [number, string] =
    number >= 1000 ? [1000, ' thousand'] : number >= 100 ? [100, ' hundred'] : [10, ''];
  if (number < 20) return SMALL[number]!;
  const whole = Math.floor(number / unit);
  const rest = number % unit;
  const front = name === '' ? TENS[whole]! : numberWords(whole) + name;
  return rest === 0 ? front : `${front} ${numberWords(rest)}`;
}
