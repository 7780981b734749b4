import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { onAsk } from '../lib/coordinator/asks.ts';
import { followSettings, forgetStaleState, settleWithoutHost, watchTabs } from '../lib/coordinator/follow-call.ts';
import { onIntent } from '../lib/coordinator/intents.ts';
import { openWelcome } from '../lib/coordinator/own-pages.ts';
import { keepGrant } from '../lib/coordinator/page/granted-tabs.ts';
import { answerPills } from '../lib/coordinator/pill-wishes.ts';
import { reopenPage } from '../lib/coordinator/reopen.ts';
import { createShortcuts } from '../lib/coordinator/shortcuts.ts';
import { updateCame } from '../lib/coordinator/update.ts';
import { answering, answerMessages } from '../lib/link/messages.ts';
import { asks, intents } from '../lib/protocol/messages.ts';
import { keepErrors } from '../lib/storage/errors.ts';
import { watchSettings } from '../lib/storage/settings.ts';

// Listeners are added in the first turn of the script: an event that wakes the worker is lost otherwise.
export default defineBackground(() => {
  keepErrors('worker');
  answerMessages('coordinator', [answering('intent', intents, onIntent), answering('ask', asks, onAsk)]);

  const shortcuts = createShortcuts();
  browser.commands.onCommand.addListener((name, tab) => {
    shortcuts.press(name, tab);
    void tried(keepGrant(tab));
  });
  answerPills(shortcuts.talkKeyReleased);

  watchSettings((now, before) => void tried(followSettings(now, before)));
  watchTabs(true);

  const tidy = () => {
    // The pill runs in pages, and must see neither token nor transcript.
    void chrome.storage.local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
    void tried(forgetStaleState());
  };
  browser.runtime.onInstalled.addListener(({ reason }) => {
    tidy();
    if (reason === 'install') void tried(openWelcome());
  });
  browser.runtime.onStartup.addListener(tidy);
  browser.runtime.onUpdateAvailable.addListener(() => void tried(updateCame()));
  void tried(settleWithoutHost());
  void tried(reopenPage());
});

function tried(work: Promise<void>): Promise<void> {
  return work.catch((error: unknown) => console.error('parley: coordinator', error));
}
