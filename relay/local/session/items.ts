/** Conversation items: what a client may add, and what the session keeps of each (realtime-protocol 2.6). */
import * as z from 'zod';

const itemId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));
/** Tool outputs carry a page's text; the data channel itself takes less than this. */
const text = z.string().check(z.maxLength(1_000_000));
const status = z.optional(z.enum(['completed', 'in_progress', 'incomplete']));
const object = z.optional(z.literal('realtime.item'));

const inputText = z.strictObject({ type: z.literal('input_text'), text });
const outputText = z.strictObject({ type: z.literal('output_text'), text });
const common = { id: z.optional(itemId), object, status };

const message = z.discriminatedUnion('role', [
  z.strictObject({
    ...common,
    type: z.literal('message'),
    role: z.literal('system'),
    content: z.array(inputText).check(z.minLength(1)),
  }),
  z.strictObject({
    ...common,
    type: z.literal('message'),
    role: z.literal('user'),
    content: z.array(inputText).check(z.minLength(1)),
  }),
  z.strictObject({
    ...common,
    type: z.literal('message'),
    role: z.literal('assistant'),
    content: z.array(outputText).check(z.minLength(1)),
  }),
]);

/** An item as a client sends it in `conversation.item.create` or in a response's `input`. */
export const newItem = z.discriminatedUnion('type', [
  message,
  z.strictObject({
    ...common,
    type: z.literal('function_call'),
    name: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/)),
    call_id: z.optional(itemId),
    arguments: text,
  }),
  z.strictObject({ ...common, type: z.literal('function_call_output'), call_id: itemId, output: text }),
]);
export type NewItem = z.infer<typeof newItem>;

export type ItemStatus = 'completed' | 'in_progress' | 'incomplete';

export type Content =
  | { type: 'input_text'; text: string }
  | { type: 'output_text'; text: string }
  | { type: 'input_audio'; transcript: string | null }
  | { type: 'output_audio'; transcript?: string };

export interface MessageItem {
  id: string;
  type: 'message';
  status: ItemStatus;
  role: 'system' | 'user' | 'assistant';
  content: Content[];
}
export interface FunctionCallItem {
  id: string;
  type: 'function_call';
  status: ItemStatus;
  name: string;
  call_id: string;
  arguments: string;
}
export interface FunctionOutputItem {
  id: string;
  type: 'function_call_output';
  call_id: string;
  output: string;
}
/** An item as it goes over the wire. */
export type Item = MessageItem | FunctionCallItem | FunctionOutputItem;

/** What the recogniser made of a spoken turn. */
export type Heard = { text: string } | { fault: 'audio_unintelligible' | 'language_unsupported' };

/** What the session knows of an item beside the wire. */
export interface Entry {
  item: Item;
  /** When it entered the conversation, in ms of the session's clock. */
  at: number;
  /** The length of its sound, both ways, in ms; 0 for text. */
  audioMs: number;
  /** A spoken turn's words. Undefined for everything else, null while the recogniser works. */
  heard?: Heard | null;
}
