import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { errorBody, ProtocolError } from '../session/errors.ts';

/** A {@link ProtocolError} with its HTTP status. */
export class HttpRefusal extends Error {
  readonly status: ContentfulStatusCode;
  readonly error: ProtocolError;

  constructor(status: ContentfulStatusCode, code: string | null, message: string, type?: string) {
    super(message);
    this.status = status;
    this.error = new ProtocolError(code, message, null, type);
  }
}

/** OpenAI's error envelope (realtime-protocol 1.9). Never says more of an unexpected error than that there was one. */
export function envelope(context: Context, error: unknown): Response {
  if (error instanceof HttpRefusal) return context.json({ error: errorBody(error.error) }, error.status);
  if (error instanceof ProtocolError) return context.json({ error: errorBody(error) }, 400);
  const fault = new ProtocolError(null, 'The local engine had an error.', null, 'server_error');
  return context.json({ error: errorBody(fault) }, 500);
}
