/** What the call costs, from the first answer on that costs anything. */
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { useCost } from './later.ts';

export function Money() {
  const { money } = useValue(store.snapshot);
  const cost = useCost(money !== null);
  return cost && <cost.Cost />;
}
