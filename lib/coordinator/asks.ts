/** What the host asks of the only context with browser powers. */
import type { Ask, PageInView } from '../protocol/messages.ts';
import { isSnapshot } from '../protocol/snapshot.ts';
import { showState } from './badge.ts';
import { inTurn, retireHost } from './host-document.ts';
import { keepPhase, keepSnapshot } from './last-call.ts';
import { readPageInView } from './page-power.ts';
import { openPermissionPage } from './permission-page.ts';

export async function onAsk(ask: Ask): Promise<PageInView | null> {
  switch (ask.type) {
    case 'open-permission-page':
      await openPermissionPage('call');
      return null;
    case 'read-page':
      return readPageInView();
    case 'show-state':
      await Promise.all([keepPhase(ask.phase), showState(ask.phase, ask.turn)]);
      return null;
    case 'finished':
      if (isSnapshot(ask.snapshot)) {
        await keepSnapshot(ask.snapshot);
        await showState(ask.snapshot.phase, ask.snapshot.turn);
      }
      // Not awaited: the document must be able to take this answer before it is closed.
      void inTurn(retireHost);
      return null;
  }
}
