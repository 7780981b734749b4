/** What the host asks of the only context with browser powers. */
import type { Ask, PageInView } from '../protocol/messages.ts';
import { isSnapshot } from '../protocol/snapshot.ts';
import { followCall } from './follow-call.ts';
import { inTurn, retireHost } from './host-document.ts';
import { keepSnapshot } from './last-call.ts';
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
      await followCall(ask.phase, ask.turn);
      return null;
    case 'finished':
      try {
        if (isSnapshot(ask.snapshot)) {
          await keepSnapshot(ask.snapshot);
          await followCall(ask.snapshot.phase, ask.snapshot.turn);
        }
      } finally {
        closeSoon();
      }
      return null;
    case 'idle':
      closeSoon();
      return null;
  }
}

/** Not awaited: the document must be able to take its answer before it is closed. */
function closeSoon(): void {
  void inTurn(retireHost);
}
