import type { Ask } from '../protocol/messages.ts';
import type { Snapshot } from '../protocol/snapshot.ts';

/** The badge belongs to the worker; waking it for every word would be waste. `keeps`: the person wants the call kept. */
export function createStateShower(inform: (ask: Ask) => unknown): (snapshot: Snapshot, keeps: boolean) => void {
  let shown = '';
  return ({ phase, turn, callId, lines, keepTrouble, microphone }, keeps) => {
    const kept = keeps && lines.length > 0 && keepTrouble === null ? callId : null;
    const showing = `${phase} ${turn} ${kept}`;
    if (showing !== shown) void inform({ type: 'show-state', phase, turn, microphone, ...(kept !== null && { kept }) });
    shown = showing;
  };
}
