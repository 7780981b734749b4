/** Reads a request's JSON, never more than allowed of it: the size is counted while it arrives. */
import { wishes as wishesSchema, type Wishes } from '../lib/protocol/wishes.ts';
import { Refusal } from './refusal.ts';

export const maxBodyBytes = 16 * 1024;

/** Throws `body_too_large` or `invalid_request`; the message names the fields that are wrong, not what was in them. */
export async function readWishes(request: Request): Promise<Wishes> {
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers.get('content-type') ?? '')) {
    throw new Refusal('invalid_request', 'Send the wishes as JSON with Content-Type: application/json.');
  }
  const parsed = wishesSchema.safeParse(parseJson(await readText(request)));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 5);
  const words = issues.map(({ path, message }) => `${path.length === 0 ? 'body' : path.join('.')}: ${message}`);
  const param = issues[0]?.path.join('.');
  throw new Refusal('invalid_request', words.join('; '), param ? { param } : {});
}

async function readText(request: Request): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) throw tooLarge();
  if (request.body === null) return '';
  // Typed by what the runtimes share; `for await` over it is not in all of them.
  const reader = (request.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let size = 0;
  let text = '';
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.byteLength;
      if (size > maxBodyBytes) throw tooLarge();
      text += decoder.decode(part.value, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    reader.cancel().catch(() => {});
    if (error instanceof Refusal) throw error;
    throw new Refusal('invalid_request', 'The body did not arrive whole, or is not UTF-8.');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('invalid_request', 'The body is not JSON.');
  }
}

function tooLarge(): Refusal {
  return new Refusal(
    'body_too_large',
    `The body is larger than ${maxBodyBytes} bytes. Shorten the instructions or the tools.`,
  );
}
