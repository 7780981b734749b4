/** Faults of the events between session and client. */
import * as z from 'zod';
import { everywhere, fault, type Message, type Pass } from './kind.ts';
import { milliseconds, once, taker, when, which } from './parameters.ts';
import { garbled, garbleForms } from './garble-event.ts';

export const eventKinds = {
  'drop-events': fault({
    where: 'events',
    transports: everywhere,
    says: 'The chosen events never come.',
    parameters: z.strictObject(which),
    act(parameters, acting) {
      const takes = taker(parameters, acting);
      return {
        toClient(message, pass) {
          if (!takes(message)) pass(message);
        },
      };
    },
  }),

  'delay-events': fault({
    where: 'events',
    transports: everywhere,
    says: 'The chosen events come late, after others that were sent behind them.',
    parameters: z.strictObject({ ...which, ms: milliseconds.default(1000) }),
    act(parameters, acting) {
      const takes = taker(parameters, acting);
      return {
        toClient(message, pass) {
          if (takes(message)) acting.hold(parameters.ms, () => pass(message));
          else pass(message);
        },
      };
    },
  }),

  'duplicate-events': fault({
    where: 'events',
    transports: everywhere,
    says: 'The chosen events come again, with the same ids.',
    parameters: z.strictObject({ ...which, copies: z.int().min(1).max(1000).default(1) }),
    act(parameters, acting) {
      const takes = taker(parameters, acting);
      return {
        toClient(message, pass) {
          const copies = takes(message) ? parameters.copies : 0;
          for (let sent = 0; sent <= copies; sent += 1) pass(message);
        },
      };
    },
  }),

  'reorder-events': fault({
    where: 'events',
    transports: everywhere,
    says: 'The chosen events come in reversed order, `window` at a time; a rest waits `holdMs` for more.',
    parameters: z.strictObject({
      ...which,
      window: z.int().min(2).max(1000).default(2),
      holdMs: milliseconds.default(500),
    }),
    act(parameters, acting) {
      const takes = taker(parameters, acting);
      let held: { message: Message; pass: Pass }[] = [];
      const release = (group: typeof held): void => {
        if (held !== group) return;
        held = [];
        for (const { message, pass } of group.toReversed()) pass(message);
      };
      return {
        toClient(message, pass) {
          if (!takes(message)) return pass(message);
          const group = held;
          group.push({ message, pass });
          if (group.length === parameters.window) release(group);
          else if (group.length === 1) acting.hold(parameters.holdMs, () => release(group));
        },
      };
    },
  }),

  'garble-events': fault({
    where: 'events',
    transports: everywhere,
    says: 'The chosen events come damaged: not JSON, cut short, binary, no object, without type, or with wrong shapes.',
    parameters: z.strictObject({ ...which, as: z.enum(garbleForms).default('invalid-json') }),
    act(parameters, acting) {
      const takes = taker(parameters, acting);
      return {
        toClient(message, pass) {
          if (takes(message)) acting.line.send(garbled(message, parameters.as));
          else pass(message);
        },
      };
    },
  }),

  'send-events': fault({
    where: 'events',
    transports: everywhere,
    says: 'Events come that nobody sent: of a type nobody knows, or any that are given (text as it stands, else JSON).',
    parameters: z.strictObject({
      ...when,
      events: z
        .array(z.union([z.string(), z.record(z.string(), z.unknown())]))
        .min(1)
        .max(10_000)
        .default([{ type: 'session.future_feature', detail: { since: 2030 } }]),
    }),
    act(parameters, acting) {
      return once(parameters, acting, () => {
        for (const event of parameters.events) {
          const whole =
            typeof event === 'string' ? event : JSON.stringify({ event_id: acting.ids.next('event'), ...event });
          acting.line.send(whole);
        }
      });
    },
  }),

  'flood-events': fault({
    where: 'events',
    transports: everywhere,
    says: '`count` events of `bytes` each come as fast as the line takes them.',
    parameters: z.strictObject({
      ...when,
      count: z.int().min(1).max(100_000).default(1000),
      bytes: z.int().min(0).max(16_000_000).default(100),
      type: z.string().min(1).max(100).default('session.flood'),
    }),
    act({ count, bytes, type, ...trigger }, acting) {
      return once(trigger, acting, () => {
        const padding = 'x'.repeat(bytes);
        for (let index = 0; index < count; index += 1) {
          acting.line.send(JSON.stringify({ type, event_id: acting.ids.next('event'), index, padding }));
        }
      });
    },
  }),

  'swallow-client-events': fault({
    where: 'events',
    transports: everywhere,
    says: 'The chosen events of the client have no effect and no answer.',
    parameters: z.strictObject(which),
    act(parameters, acting) {
      const takes = taker(parameters, acting);
      return {
        toSession(message, pass) {
          if (!takes(message)) pass(message);
        },
      };
    },
  }),
};
