/** What the estimate of a minute rests on: the assumption, and the provider's own figures. */
import { modalities, pricedModels, priceOf, type Price } from '../../protocol/prices.ts';
import { dollars } from '../view/money.ts';
import { pricesDay } from '../view/prices.ts';
import { assistantWords } from '../words/assistant-words.ts';

export function PricesFold() {
  const words = assistantWords.use();
  return (
    <details class="fold">
      <summary>{words.prices}</summary>
      <p class="help">{words.pricesHelp(pricesDay(words.language))}</p>
      <dl class="help">
        {pricedModels().map((model) => (
          <div key={model}>
            <dt>{model}</dt>
            <Rates price={priceOf(model)!} />
          </div>
        ))}
      </dl>
    </details>
  );
}

function Rates({ price }: { price: Price }) {
  const words = assistantWords.use();
  const usd = (sum: number) => dollars(sum, words.language);
  return (
    <>
      {modalities.map((kind) => {
        const rate = price[kind];
        const [name, input, again] = [words.kinds[kind], usd(rate.input), usd(rate.cached)];
        const text =
          'output' in rate ? words.rate(name, input, again, usd(rate.output)) : words.rateIn(name, input, again);
        return <dd key={kind}>{text}</dd>;
      })}
    </>
  );
}
