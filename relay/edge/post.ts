/** The POST to the provider where there is only `fetch`: it does not tell whether the provider saw anything, so nothing is repeated. */
import { PostError, type Post } from '../upstream/post.ts';

export const fetchPost: Post = async ({ url, headers, body, maxAnswerBytes, signal }) => {
  try {
    // A redirect would carry the key to another host.
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after') ?? undefined,
      location: response.headers.get('location') ?? undefined,
      body: await readBounded(response, maxAnswerBytes),
    };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw error instanceof PostError ? error : new PostError('broken', 'fetch');
  }
};

async function readBounded(response: Response, most: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const bytes of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += bytes.byteLength;
    if (size > most) throw new PostError('too-large', `over ${most} bytes`);
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}
