import type { Ask } from '../protocol/messages.ts';
import type { Snapshot } from '../protocol/snapshot.ts';

/** The badge belongs to the worker; waking it for every word would be waste. */
export function createStateShower(inform: (ask: Ask) => unknown): (snapshot: Snapshot) => void {
  let shown = '';
  return ({ phase, turn }) => {
    const showing = `${phase} ${turn}`;
    if (showing !== shown) void inform({ type: 'show-state', phase, turn });
    shown = showing;
  };
}
