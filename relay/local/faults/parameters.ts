/** Parameters that several faults share: which events they take, and when they strike. */
import * as z from 'zod';
import type { Acting, Acts, Message } from './kind.ts';

export const milliseconds = z.int().min(0).max(3_600_000);
/** An event type; `*` stands for any letters. */
export const pattern = z.string().min(1).max(100);

/** Which events: by type, then by chance. `skip` lets the first ones pass. */
export const which = {
  types: z.array(pattern).min(1).max(50).default(['*']),
  probability: z.number().min(0).max(1).default(1),
  skip: z.int().min(0).default(0),
};

/** At once, `afterMs` later, or so long after the first event of a type has gone to the client. */
export const when = { afterMs: milliseconds.default(0), afterEvent: pattern.optional() };

export function matcher(patterns: readonly string[]): (message: Message) => boolean {
  const parts = patterns.map((each) => each.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*'));
  const expression = new RegExp(`^(?:${parts.join('|')})$`);
  return ({ event }) => expression.test(typeof event?.['type'] === 'string' ? event['type'] : '');
}

/** True for each event that the fault takes; it has used up one of its times then. */
export function taker(
  { types, probability, skip }: { types: string[]; probability: number; skip: number },
  acting: Acting,
): (message: Message) => boolean {
  const matches = matcher(types);
  let toSkip = skip;
  return (message) => {
    if (!matches(message)) return false;
    if (toSkip > 0) {
      toSkip -= 1;
      return false;
    }
    if (probability < 1 && acting.random() >= probability) return false;
    return acting.strike(message.event?.['type']);
  };
}

/** Strikes once in a call, at the time that {@link when} says. */
export function once(
  { afterMs, afterEvent }: { afterMs: number; afterEvent?: string | undefined },
  acting: Acting,
  run: () => void,
): Acts {
  let fired = false;
  const fire = (): void => {
    if (fired) return;
    fired = true;
    acting.after(afterMs, () => {
      if (acting.strike()) run();
    });
  };
  if (afterEvent === undefined) return { begin: fire };
  const matches = matcher([afterEvent]);
  return {
    toClient(message, pass) {
      pass(message);
      if (matches(message)) fire();
    },
  };
}
