import * as z from 'zod/mini';
import { defineTool, objectSchema } from './tool.ts';
import { readWhole } from './whole-text.ts';

const most = 2 ** 31 - 1;

export const readTab = defineTool({
  name: 'read_tab',
  description:
    'Reads the main text of another tab that list_tabs has named, for example to compare it with the page in view. Works ' +
    'only for tabs on which the person has pressed the Parley button.',
  parameters: z.strictObject({ tab: z.int().check(z.gte(0), z.lte(most)) }),
  jsonSchema: objectSchema(
    { tab: { type: 'integer', minimum: 0, maximum: most, description: 'Its id in list_tabs.' } },
    ['tab'],
  ),
  run: ({ tab }, context) => readWhole(context, undefined, tab),
});
