import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { onAsk } from '../lib/coordinator/asks.ts';
import { forgetStaleState, onIntent } from '../lib/coordinator/intents.ts';
import { createShortcuts } from '../lib/coordinator/shortcuts.ts';
import { answering, answerMessages } from '../lib/link/messages.ts';
import { asks, intents } from '../lib/protocol/messages.ts';

// Listeners are added in the first turn of the script: an event that wakes the worker is lost otherwise.
export default defineBackground(() => {
  answerMessages('coordinator', [answering('intent', intents, onIntent), answering('ask', asks, onAsk)]);

  const press = createShortcuts();
  browser.commands.onCommand.addListener((name, tab) => {
    press(name, tab?.windowId).catch((error: unknown) => console.error('parley: shortcut failed', error));
  });

  const tidy = () => {
    // Content scripts, if ever there are any, see neither token nor transcript.
    void chrome.storage.local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
    forgetStaleState().catch((error: unknown) => console.error('parley: start-up', error));
  };
  browser.runtime.onInstalled.addListener(tidy);
  browser.runtime.onStartup.addListener(tidy);
});
