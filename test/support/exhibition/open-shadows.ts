/** For what has to look into the pill: its shadow root is closed. */
import type { Exhibition, Look } from '../exhibition.ts';
import { exhibits } from './exhibits.ts';

/** From the next exhibit on. */
export async function openShadows(exhibition: Exhibition, look: Look): Promise<void> {
  const page = await exhibition.show(exhibits[0]!, look);
  await page.evaluateOnNewDocument(() => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function open(init) {
      return attach.call(this, { ...init, mode: 'open' });
    };
  });
}
