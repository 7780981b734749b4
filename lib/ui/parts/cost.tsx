/** What the call has cost so far, small; opens on more. Nothing where the provider is free. */
import { useState } from 'preact/hooks';
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { costOfCall } from '../view/money.ts';
import { callWords } from '../words/words.ts';
import { useCostDetails } from './later.ts';
import { onEscape } from './opener.ts';

export function Cost() {
  const { cost, tokens, language } = callWords.use();
  const { money, usage } = useValue(store.snapshot);
  const [open, setOpen] = useState(false);
  const details = useCostDetails(open);
  if (!money) return null;
  const count = (usage.inputTokens + usage.outputTokens).toLocaleString(language);
  return (
    // Closes when the person turns to something else, because it lies over it.
    <details
      class="cost"
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      onFocusOut={({ currentTarget }) => (currentTarget.open = false)}
      onKeyDown={open ? onEscape(() => setOpen(false)) : undefined}
      open={open}
    >
      <summary title={cost}>{costOfCall(money, language) ?? tokens(count)}</summary>
      {open && details && <details.CostDetails money={money} />}
    </details>
  );
}
