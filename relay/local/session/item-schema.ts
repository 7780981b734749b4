/** What a client may add to a conversation, or give a response to read (realtime-protocol 2.6). */
import * as z from 'zod';
import { imageSize } from './image.ts';

const itemId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));
/** Tool outputs carry a page's text; the data channel itself takes less than this. */
const text = z.string().check(z.maxLength(1_000_000));
/** What the API takes in one `append`; no other limit is documented. */
const LONGEST_BASE64 = 15 * 1024 * 1024;
const status = z.optional(z.enum(['completed', 'in_progress', 'incomplete']));
const object = z.optional(z.literal('realtime.item'));

const inputText = z.strictObject({ type: z.literal('input_text'), text });
const inputAudio = z.strictObject({
  type: z.literal('input_audio'),
  audio: z
    .string()
    .check(z.minLength(1), z.maxLength(LONGEST_BASE64))
    .refine(isBase64, { error: 'Expected sound in the format of the session’s input, base64 encoded.' }),
  transcript: z.optional(z.nullable(text)),
});
const inputImage = z.strictObject({
  type: z.literal('input_image'),
  image_url: z
    .string()
    .check(z.maxLength(LONGEST_BASE64))
    .refine((url) => imageSize(url) !== null, {
      error: 'Expected a base64-encoded data URL of a PNG or JPEG image (data:image/png;base64,…).',
    }),
  detail: z.enum(['auto', 'low', 'high']).default('auto'),
});
/** The assistant's voice cannot be put into its mouth: `output_audio` is refused. */
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
    content: z.array(z.discriminatedUnion('type', [inputText, inputAudio, inputImage])).check(z.minLength(1)),
  }),
  z.strictObject({
    ...common,
    type: z.literal('message'),
    role: z.literal('assistant'),
    phase: z.optional(z.enum(['commentary', 'final_answer'])),
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

function isBase64(value: string): boolean {
  return value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
}
