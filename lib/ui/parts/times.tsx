/** How quick the call is, small, for those who want to know. */
import { settings } from '../settings.ts';
import { useValue } from '../value.ts';
import { useTimes } from './later.ts';

export function Times() {
  const { showTimes } = useValue(settings);
  const times = useTimes(showTimes);
  return showTimes && times && <times.TimesLine />;
}
