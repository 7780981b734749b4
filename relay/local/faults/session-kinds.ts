/** Faults of what a session does: transcripts, answers, its length. */
import * as z from 'zod';
import { everywhere, fault, type Acting, type Acts, type Message, type Pass } from './kind.ts';
import { matcher, milliseconds, taker } from './parameters.ts';
import { hushed } from './hushed.ts';

const TRANSCRIPTION = 'conversation.item.input_audio_transcription.';
const FINAL_TRANSCRIPTION = [`${TRANSCRIPTION}completed`, `${TRANSCRIPTION}failed`];
const TURN = ['input_audio_buffer.committed', 'conversation.item.added', 'conversation.item.done'];
const all = { probability: 1, skip: 0 };

/** Delays events of these types, in their order. */
function late(types: string[], ms: number, acting: Acting): Acts {
  const takes = taker({ types, ...all }, acting);
  return {
    toClient(message, pass) {
      if (takes(message)) acting.hold(ms, () => pass(message));
      else pass(message);
    },
  };
}

const failures = {
  insufficient_quota: {
    type: 'insufficient_quota',
    message: 'You exceeded your current quota, please check your plan and billing details.',
  },
  rate_limit_exceeded: { type: 'rate_limit_exceeded', message: 'Rate limit reached. Please try again in 20s.' },
  server_error: { type: 'server_error', message: 'The server had an error while processing your request. Sorry!' },
} as const;

export const sessionKinds = {
  'late-transcription': fault({
    where: 'session',
    transports: everywhere,
    says: 'What the person said comes `ms` late, as a rule after the answer to it.',
    parameters: z.strictObject({ ms: milliseconds.default(3000) }),
    act: ({ ms }, acting) => late([`${TRANSCRIPTION}*`], ms, acting),
  }),

  'early-transcription': fault({
    where: 'session',
    transports: everywhere,
    says: 'What the person said comes before the item it belongs to is committed and added.',
    parameters: z.strictObject({ waitMs: milliseconds.default(5000) }),
    act({ waitMs }, acting) {
      const waiting = new Map<string, { message: Message; pass: Pass }[]>();
      const [begins, isTurn, isFinal] = [[TURN[0]!], TURN, FINAL_TRANSCRIPTION].map(matcher);
      const release = (itemId: string): void => {
        const held = waiting.get(itemId) ?? [];
        waiting.delete(itemId);
        for (const { message, pass } of held) pass(message);
      };
      return {
        toClient(message, pass) {
          const id: unknown = message.event?.['item_id'] ?? message.event?.['item']?.id;
          if (typeof id !== 'string') return pass(message);
          if (begins?.(message) && acting.strike()) {
            waiting.set(id, []);
            // A session that asked for no transcription still has to get its turn.
            acting.hold(waitMs, () => release(id));
          }
          const held = waiting.get(id);
          if (held && isTurn?.(message)) {
            held.push({ message, pass });
            return;
          }
          pass(message);
          if (isFinal?.(message)) release(id);
        },
      };
    },
  }),

  'missing-transcription': fault({
    where: 'session',
    transports: everywhere,
    says: 'What the person said never comes, though it was asked for; the answer does.',
    parameters: z.strictObject({}),
    act(_parameters, acting) {
      const [matches, isFinal] = [[`${TRANSCRIPTION}*`], FINAL_TRANSCRIPTION].map(matcher);
      const lost = new Set<unknown>();
      return {
        toClient(message, pass) {
          const id = message.event?.['item_id'];
          if (!matches?.(message) || !(lost.has(id) || acting.strike())) return pass(message);
          if (isFinal?.(message)) lost.delete(id);
          else lost.add(id);
        },
      };
    },
  }),

  'failed-transcription': fault({
    where: 'session',
    transports: everywhere,
    says: '`…transcription.failed` comes instead of what the person said.',
    parameters: z.strictObject({
      code: z.string().max(100).default('audio_unintelligible'),
      message: z.string().max(1000).default('The audio could not be transcribed.'),
    }),
    act({ code, message: sentence }, acting) {
      const [isDelta, isDone] = [[`${TRANSCRIPTION}delta`], [`${TRANSCRIPTION}completed`]].map(matcher);
      const failing = new Set<unknown>();
      return {
        toClient(message, pass) {
          const { event } = message;
          const id: unknown = event?.['item_id'];
          if (!event || !(isDelta?.(message) || isDone?.(message))) return pass(message);
          if (!failing.has(id) && !acting.strike()) return pass(message);
          failing.add(id);
          if (!isDone?.(message)) return;
          failing.delete(id);
          const failed = {
            type: `${TRANSCRIPTION}failed`,
            event_id: event['event_id'],
            item_id: id,
            content_index: event['content_index'],
            error: { type: 'transcription_error', code, message: sentence, param: null },
          };
          pass({ text: JSON.stringify(failed), event: failed });
        },
      };
    },
  }),

  'slow-session-updated': fault({
    where: 'session',
    transports: everywhere,
    says: '`session.updated` comes `ms` late.',
    parameters: z.strictObject({ ms: milliseconds.default(5000) }),
    act: ({ ms }, acting) => late(['session.updated'], ms, acting),
  }),

  'silent-response': fault({
    where: 'session',
    transports: everywhere,
    says: 'A response is asked for, or due after a spoken turn, and nothing comes (after `response.created`, if wished).',
    parameters: z.strictObject({ created: z.boolean().default(false) }),
    act: ({ created }, acting) =>
      hushed(acting, (message, pass) => {
        if (created) pass(message);
      }),
  }),

  'failed-response': fault({
    where: 'session',
    transports: everywhere,
    says: 'A response is created and at once done with `status: failed` and the given error.',
    parameters: z.strictObject({
      code: z.enum(['insufficient_quota', 'rate_limit_exceeded', 'server_error']).default('server_error'),
      message: z.string().max(1000).optional(),
    }),
    act: ({ code, message: sentence }, acting) =>
      hushed(acting, (message, pass) => {
        pass(message);
        const { type, message: usual } = failures[code];
        // The service's server errors have no code (realtime-protocol 3.13).
        const error = { type, code: code === 'server_error' ? null : code, message: sentence ?? usual };
        const done = {
          type: 'response.done',
          event_id: acting.ids.next('event'),
          response: {
            ...message.event?.['response'],
            status: 'failed',
            status_details: { type: 'failed', error },
            output: [],
            usage: null,
          },
        };
        pass({ text: JSON.stringify(done), event: done });
      }),
  }),

  'session-limit': fault({
    where: 'session',
    transports: everywhere,
    says: 'A session that begins now lasts `seconds` instead of an hour: `expires_at` says so, `session_expired` ends it.',
    parameters: z.strictObject({ seconds: z.number().positive().max(3600).default(90) }),
    sessionLimitS: ({ seconds }) => seconds,
  }),
};
