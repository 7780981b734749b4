/** The keyboard shortcuts of the manifest. */
import { openSidePanel } from './chrome-only.ts';
import { toggleCall, toggleMute } from './intents.ts';

/**
 * Holding a shortcut repeats it: first after the system's delay (660 ms measured), then every 40 ms. A toggle must not
 * flicker, so a press counts only when none came in the time before it.
 */
const repeatWithinMs = 700;

export function createShortcuts(now: () => number = Date.now) {
  let lastPressAt: Record<string, number> = {};

  /** Called synchronously by the browser's event, because the side panel opens only inside the gesture. */
  return (name: string, windowId: number | undefined): Promise<void> => {
    const since = now() - (lastPressAt[name] ?? -Infinity);
    lastPressAt = { ...lastPressAt, [name]: now() };
    if (since < repeatWithinMs) return Promise.resolve();
    if (name === 'toggle-call') return toggleCall();
    if (name === 'toggle-mute') return toggleMute();
    if (name === 'open-panel' && windowId !== undefined) return openSidePanel(windowId);
    return Promise.resolve();
  };
}
