/** What is left for this person on their relay, where it has limits. */
import type { MyLimit } from '../../protocol/me.ts';
import { dollars } from '../view/money.ts';
import { pageWords } from '../words/page-words.ts';

const whats = ['requests', 'minutes', 'usd'] as const;
const spans = ['minute', 'hour', 'day', 'month'] as const;

export function Left({ limits }: { limits: readonly MyLimit[] }) {
  const { language, options } = pageWords.use();
  const { left: words } = options;
  const lines = limits.flatMap((limit) => {
    // Limits for one call, and of calls at once, are not used up.
    const [what, per] = [whats.find((one) => one === limit.what), spans.find((one) => one === limit.per)];
    if (!what || !per) return [];
    const amount = (value: number) =>
      what === 'usd' ? dollars(value, language) : new Intl.NumberFormat(language).format(Math.floor(value));
    return [words[what](amount(limit.left), amount(limit.most), words.per[per])];
  });
  if (lines.length === 0) return null;
  return (
    <>
      <p class="help">{words.title}</p>
      <ul class="help">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}
