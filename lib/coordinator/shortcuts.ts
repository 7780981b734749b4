/** The keyboard shortcuts of the manifest. */
import { openSidePanel } from './chrome-only.ts';
import { afterMs, createHeldKey, type After } from './held-key.ts';
import { toggleCall, toggleMute } from './intents.ts';
import type { TabInView } from './pills.ts';
import { talkKeyDown, talkKeyUp } from './talk.ts';

/**
 * Holding a shortcut repeats it: first after the system's delay (660 ms measured), then every 40 ms. A toggle must not
 * flicker, so a press counts only when none came in the time before it.
 */
const repeatWithinMs = 700;

export interface Shortcuts {
  /** Called synchronously by the browser's event, because the side panel opens only inside the gesture. */
  press(name: string, tab: TabInView | undefined): void;
  /** A pill heard the talk key come up. */
  talkKeyReleased(): void;
}

export function createShortcuts(now: () => number = Date.now, after: After = afterMs): Shortcuts {
  let lastPressAt: Record<string, number> = {};
  let talkTab: TabInView | undefined;
  const talkKey = createHeldKey({ down: () => tried(talkKeyDown(talkTab)), up: () => tried(talkKeyUp()) }, after);

  return {
    press(name, tab) {
      if (name === 'talk') {
        talkTab = tab;
        talkKey.command();
        return;
      }
      const since = now() - (lastPressAt[name] ?? -Infinity);
      lastPressAt = { ...lastPressAt, [name]: now() };
      if (since < repeatWithinMs) return;
      if (name === 'toggle-call') tried(toggleCall(tab));
      if (name === 'toggle-mute') tried(toggleMute());
      if (name === 'open-panel' && tab?.windowId !== undefined) tried(openSidePanel(tab.windowId));
    },
    talkKeyReleased: () => talkKey.released(),
  };
}

function tried(done: Promise<unknown>): void {
  done.catch((error: unknown) => console.error('parley: shortcut failed', error));
}
