/** Reads a request's JSON, never more than allowed of it: the size is counted while it arrives. */
import * as z from 'zod/mini';
import { wishes as wishesSchema, type Wishes } from '../../lib/protocol/wishes.ts';
import { Refusal } from '../refusal.ts';

const maxDepth = 64;

export interface BodyRules {
  maxBytes: number;
  /** Without its parameters. */
  contentType: string;
}

/** Throws `body_too_large` or `invalid_request`. */
export async function readJson(request: Request, { maxBytes, contentType }: BodyRules): Promise<unknown> {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== contentType) {
    throw new Refusal('invalid_request', `Send the body as JSON with Content-Type: ${contentType}.`);
  }
  const text = await readText(request, maxBytes);
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('invalid_request', 'The body is not JSON.');
  }
}

/** Throws `invalid_request`; the message names the fields that are wrong, not what was in them. */
export function check<Schema extends z.ZodMiniType>(schema: Schema, json: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 5);
  const words = issues.map(({ path, message }) => `${path.length === 0 ? 'body' : path.join('.')}: ${message}`);
  const param = issues[0]?.path.join('.');
  throw new Refusal('invalid_request', words.join('; '), param ? { param } : {});
}

/** Throws `invalid_request`, also for what nests so deep that it could not be written down again. */
export function checkWishes(json: unknown): Wishes {
  if (nests(json, maxDepth)) {
    throw new Refusal('invalid_request', `The wishes nest more than ${maxDepth} deep. Simplify the tools.`);
  }
  return check(wishesSchema, json);
}

function nests(value: unknown, deeper: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return deeper === 0 || Object.values(value).some((each) => nests(each, deeper - 1));
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  const length = request.headers.get('content-length');
  if (length !== null) {
    if (!(Number(length) <= maxBytes)) throw tooLarge(maxBytes);
    // No more than this can come (RFC 9112, 6.3), and at once is twice as fast as by pieces.
    return decode(await request.arrayBuffer().catch(() => Promise.reject(broken())), maxBytes);
  }
  if (request.body === null) return '';
  // Typed by what the runtimes share; `for await` over it is not in all of them.
  const reader = (request.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let size = 0;
  let text = '';
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      text += decoder.decode(part.value, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    reader.cancel().catch(() => {});
    if (error instanceof Refusal) throw error;
    throw broken();
  }
}

function decode(bytes: ArrayBuffer, maxBytes: number): string {
  if (bytes.byteLength > maxBytes) throw tooLarge(maxBytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw broken();
  }
}

function broken(): Refusal {
  return new Refusal('invalid_request', 'The body did not arrive whole, or is not UTF-8.');
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal(
    'body_too_large',
    `The body is larger than ${maxBytes} bytes. Shorten the instructions or the tools.`,
  );
}
