import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { readPage } from '../lib/page/read.ts';

/**
 * Injected by the coordinator; what `main` returns is handed back by `scripting.executeScript`. Its world lasts as long as
 * the page, and what the first read has warmed up reads twice as fast the next time.
 */
export default defineUnlistedScript(() => {
  const world = globalThis as { parleyReader?: typeof readPage };
  world.parleyReader ??= readPage;
  return world.parleyReader(document);
});
