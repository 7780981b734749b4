/** The page powers of the tools: asked of the only context that has them. */
import type { Ask, LookInView, PageInView, Pointed, TabsInView } from '../protocol/messages.ts';
import type { PagePowers } from '../protocol/tool-room.ts';

/** The coordinator is ours, so its answers are what the protocol says; what a page returned is judged by the tools. */
export function createPagePowers(sendAsk: (ask: Ask) => Promise<unknown>): PagePowers {
  const ask = <T>(body: Ask) => sendAsk(body) as Promise<T>;
  return {
    read: (tab) => ask<PageInView>({ type: 'read-page', ...(tab === undefined ? {} : { tab }) }),
    point: (place, quote) => ask<Pointed>({ type: 'point-at', place, quote }),
    look: () => ask<LookInView>({ type: 'look-at-page' }),
    tabs: () => ask<TabsInView>({ type: 'list-tabs' }),
  };
}
