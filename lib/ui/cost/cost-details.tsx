/** What the call, today and this month cost: fetched by `parts/later` when somebody wants to know more than the figure. */
import type { Money } from '../../protocol/snapshot.ts';
import { dollars } from '../view/money.ts';
import { costWords } from '../words/cost-words.ts';
import { loadWords } from '../words/words.ts';

await loadWords(costWords);

export function CostDetails({ money: { call, today, month, partial } }: { money: Money }) {
  const words = costWords.use();
  const sums = [
    ['call', call],
    ['today', today],
    ['month', month],
  ] as const;
  return (
    <div>
      <dl>
        {sums.map(
          ([when, usd]) =>
            usd !== null && (
              <div key={when} class="line">
                <dt>{words[when]}</dt>
                <dd>{dollars(usd, words.language)}</dd>
              </div>
            ),
        )}
      </dl>
      <p class="help">{partial ? words.partial : words.note}</p>
    </div>
  );
}
