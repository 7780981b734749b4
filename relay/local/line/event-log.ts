import { appendFileSync } from 'node:fs';
import { openGate, type Gate } from './gate.ts';

/** An open gate that also appends what the session sends to a file, one event a line. */
export function loggedGate(file: string): Gate {
  return {
    ...openGate,
    toClient: (text, send) => {
      appendFileSync(file, `${text}\n`);
      send(text);
    },
  };
}
