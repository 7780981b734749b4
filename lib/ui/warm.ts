/** Prepares a call while the person looks at Parley, so that it is up sooner. The coordinator knows whether it may. */
import { isActive } from '../protocol/snapshot.ts';
import { store } from './store.ts';
import { atMostEvery } from './view/at-most.ts';

const everyMs = 30_000;

/** `now` is false where a call has just been started. Call once. */
export function keepWarm(now = true): void {
  const warm = atMostEvery(everyMs, () => store.tell({ type: 'warm' }), Date.now);
  const look = () => {
    if (!document.hidden && !isActive(store.snapshot.get().phase)) warm();
  };
  if (now) look();
  window.addEventListener('focus', look);
  document.addEventListener('visibilitychange', look);
}
