/** A model that calls tools as no model should. */
import * as z from 'zod';
import type { MindInput, Thought } from '../mind/mind.ts';
import { everywhere, fault, type Message } from './kind.ts';

const forms = ['invalid-json', 'wrong-arguments', 'unknown-name', 'huge', 'many', 'same-call-id'] as const;
const COUNTS: Partial<Record<(typeof forms)[number], number>> = { many: 1000, 'same-call-id': 2 };
const DEFAULT_BYTES = 1_048_576;

interface Wishes {
  form: (typeof forms)[number];
  count?: number | undefined;
  bytes: number;
  name?: string | undefined;
}

function hostileCalls({ form, count = COUNTS[form] ?? 1, bytes, name }: Wishes, input: MindInput): Thought {
  const known = name ?? input.tools[0]?.name ?? 'read_page';
  const call = {
    'invalid-json': { name: known, arguments: '{"page": ' },
    // A list where an object belongs, with a NUL and half of a surrogate pair in it.
    'wrong-arguments': { name: known, arguments: String.raw`[null,"\u0000\ud800"]` },
    'unknown-name': { name: name ?? 'delete_everything', arguments: '{}' },
    huge: { name: known, arguments: JSON.stringify({ padding: 'x'.repeat(bytes) }) },
    many: { name: known, arguments: '{}' },
    'same-call-id': { name: known, arguments: '{}' },
  }[form];
  return { calls: Array.from({ length: count }, () => ({ ...call })) };
}

/** Gives every call of a response the id of its first. */
function oneCallId(): (message: Message) => Message {
  let first: { response: unknown; id: string } | undefined;
  const others = new Set<string>();
  return (message) => {
    const { event } = message;
    const item = event?.['type'] === 'response.output_item.added' ? event['item'] : undefined;
    if (item?.type === 'function_call') {
      if (first?.response !== event?.['response_id']) first = { response: event?.['response_id'], id: item.call_id };
      else others.add(item.call_id);
    }
    if (!first) return message;
    let { text } = message;
    for (const id of others) text = text.replaceAll(id, first.id);
    return text === message.text ? message : { text, event: JSON.parse(text) };
  };
}

export const toolKinds = {
  'hostile-tool-calls': fault({
    where: 'session',
    transports: everywhere,
    says: 'The answer is tool calls: with invalid JSON or wrong arguments, of unknown name, of 1 MB, a thousand at once, or with one call id.',
    parameters: z.strictObject({
      form: z.enum(forms).default('invalid-json'),
      count: z.int().min(1).max(10_000).optional(),
      bytes: z.int().min(1).max(16_000_000).default(DEFAULT_BYTES),
      name: z.string().min(1).max(64).optional(),
    }),
    act(parameters, acting) {
      const rename = parameters.form === 'same-call-id' ? oneCallId() : null;
      return {
        think: (input) => (acting.strike(parameters.form) ? hostileCalls(parameters, input) : null),
        ...(rename ? { toClient: (message, pass) => pass(rename(message)) } : {}),
      };
    },
  }),
};
