import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { openPill } from '../lib/pill/pill.ts';

/** Injected by the coordinator, perhaps more than once into one page; there is one pill. */
export default defineUnlistedScript(() => {
  const world = globalThis as { parleyPill?: boolean };
  if (world.parleyPill) return;
  world.parleyPill = true;
  openPill(window, () => {
    world.parleyPill = false;
  });
});
