/** What the host asks of the only context with browser powers. */
import type { Ask } from '../protocol/messages.ts';
import { isSnapshot } from '../protocol/snapshot.ts';
import { recordSpend } from '../storage/spend.ts';
import { followCall } from './follow-call.ts';
import { inTurn, retireHost } from './host-document.ts';
import { keepLog, keepSent, keepSnapshot } from './last-call.ts';
import { pointAt } from './marks.ts';
import { openPermissionPage } from './own-pages.ts';
import { listTabs } from './page/list-tabs.ts';
import { lookAtPage } from './page/look.ts';
import { readPage } from './page/read.ts';
import { updateIfIdle } from './update.ts';

export async function onAsk(ask: Ask): Promise<unknown> {
  switch (ask.type) {
    case 'open-permission-page':
      await openPermissionPage('call');
      return null;
    case 'read-page':
      return readPage(ask.tab);
    case 'point-at':
      return pointAt(ask.place, ask.quote);
    case 'look-at-page':
      return lookAtPage();
    case 'list-tabs':
      return listTabs();
    case 'show-state':
      await followCall(ask.phase, ask.turn, ask.kept, ask.microphone);
      return null;
    case 'finished':
      try {
        if (isSnapshot(ask.snapshot)) {
          // Also without room for it: a call that is over must not go on in badge, pages and silent tabs.
          await keepSnapshot(ask.snapshot).catch((error: unknown) => console.warn('parley: not kept', error));
          await followCall(ask.snapshot.phase, ask.snapshot.turn);
          await keepSent(ask.sent);
          await keepLog(ask.log);
        }
      } finally {
        closeSoon();
      }
      return null;
    case 'spent': {
      const { today, month } = await recordSpend(ask.callId, ask.usd, Date.now());
      return { today, month };
    }
    case 'idle':
      closeSoon();
      return null;
  }
}

/** Not awaited: the document must be able to take its answer before it is closed. */
function closeSoon(): void {
  void inTurn(retireHost).then(updateIfIdle);
}
