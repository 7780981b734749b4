import * as z from 'zod/mini';
import { defineTool, objectSchema } from './tool.ts';
import { readWhole, usualCharacters } from './whole-text.ts';

const least = 500;
const most = 20_000;

export const readPage = defineTool({
  name: 'read_page',
  description:
    'Reads the main text of the page in view from its beginning. For a summary, for what the page says as a whole, or when ' +
    'search_page found nothing. For one question about a long page search_page is quicker. Reads the page as it is now.',
  parameters: z.strictObject({
    max_characters: z.optional(z.int().check(z.gte(least), z.lte(most))),
  }),
  jsonSchema: objectSchema({
    max_characters: { type: 'integer', minimum: least, maximum: most, description: `Default ${usualCharacters}.` },
  }),
  run: ({ max_characters: characters }, context) => readWhole(context, characters),
});
