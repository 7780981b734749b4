/** Errors that nobody caught, of whatever context runs this. Without the masks of the log: the pill goes into every page. */

/** Calls `see` with one line for each, from now on, or as long as `options` say. What it quotes is not masked yet. */
export function watchUncaught(see: (line: string) => void, options: { signal?: AbortSignal } = {}): void {
  addEventListener('error', ({ error, message }) => see(uncaughtLine(error ?? message)), options);
  addEventListener('unhandledrejection', ({ reason }) => see(uncaughtLine(reason)), options);
}

/** What it is, and where in our scripts it was thrown: `uncaught (popup.js:1:234) TypeError: …`. Not masked yet. */
export function uncaughtLine(error: unknown): string {
  const place = error instanceof Error && /[\w.-]+\.js:\d+:\d+/.exec(error.stack ?? '');
  return `uncaught ${place ? `(${place[0]}) ` : ''}${String(error)}`;
}
