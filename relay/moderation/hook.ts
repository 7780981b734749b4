/** Asks a server that speaks OpenAI's moderation protocol: `{model, input: [text…]}`, `{results: [{flagged, categories}…]}`. */
import * as z from 'zod';
import { parseJson } from '../parse-json.ts';
import type { Post, PostAnswer } from '../upstream/post.ts';
import { Refusal } from '../refusal.ts';
import { createAsk, type AskFor, type UpstreamAddress } from '../upstream/ask.ts';

/** What a server of one's own may leave unread. */
const model = 'omni-moderation-latest';
/** Its answer is waited for no longer, with everything. */
const longestMs = 5000;

/** One text's: the names of what it was flagged for, or null when it passed. */
export type Verdict = readonly string[] | null;

/** One for each text. Throws a `Refusal` when there was no answer, or none that can be read. */
export type AskHook = (texts: readonly string[], askFor: AskFor) => Promise<Verdict[]>;

/** `url`: the whole address. */
export function createHook({ url, key, post }: { url: string; key: string; post: Post }): AskHook {
  const address: UpstreamAddress = { baseUrl: url, key, provider: 'moderation' };
  const ask = createAsk({ ...address, post, totalTimeoutMs: longestMs });
  return async (texts, askFor) => {
    const answer = await ask(
      {
        path: '',
        contentType: 'application/json',
        accept: 'application/json',
        body: JSON.stringify({ model, input: texts }),
        // A question costs nothing that could not be paid twice.
        again: ['connect', 'connect-timeout', 'stale', 'broken'],
        againAt: [429, 500, 502, 503],
      },
      askFor,
    );
    return readVerdicts(answer, texts.length);
  };
}

const answerShape = z.object({
  results: z.array(
    z.object({ flagged: z.boolean(), categories: z.record(z.string(), z.unknown()).optional().catch(undefined) }),
  ),
});
/** A category is a name: a server that puts what was said in its place gets it no further. */
const nameShape = /^[a-z][a-z_/-]{0,39}$/i;
const mostNames = 8;

function readVerdicts({ status, body }: PostAnswer, count: number): Verdict[] {
  const results = status === 200 ? answerShape.safeParse(parseJson(body)).data?.results : undefined;
  if (results?.length !== count) {
    throw new Refusal('upstream_error', 'The moderation server gave no answer that can be read.', {
      upstreamStatus: status,
    });
  }
  return results.map(({ flagged, categories = {} }) => (flagged ? namesOf(categories) : null));
}

function namesOf(categories: Record<string, unknown>): string[] {
  const names = Object.entries(categories).filter(([name, is]) => is === true && nameShape.test(name));
  return names.slice(0, mostNames).map(([name]) => name);
}
