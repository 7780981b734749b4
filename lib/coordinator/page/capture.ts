/** What a window shows, as often as the browser tells: twice in a second, counting what failed (reliability.md U8). */
import { browser } from 'wxt/browser';

const everyMs = 600;
let lastAt = -Infinity;

/** Resolves when the next capture may be made. */
export function captureSlot(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, lastAt + everyMs - Date.now())));
}

/** JPEG as a `data:` URL. `quality`: 0 to 100. */
export function capture(windowId: number, quality: number): Promise<string> {
  lastAt = Date.now();
  return browser.tabs.captureVisibleTab(windowId, { format: 'jpeg', quality });
}
