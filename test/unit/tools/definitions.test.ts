import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { toolDefinition, wishes } from '../../../lib/protocol/wishes.ts';
import { toolDefinitions, tools } from '../../../lib/tools/index.ts';

it('tells the model of reading the page and the selection', () => {
  expect(toolDefinitions().map(({ name }) => name)).toEqual(['read_page', 'read_selection']);
});

it('fits what a relay accepts', () => {
  expect(wishes.safeParse({ tools: toolDefinitions() }).success).toBe(true);
  expect(JSON.stringify(toolDefinitions()).length).toBeLessThan(4000);
});

describe.each(tools.map((tool) => [tool.name, tool] as const))('%s', (_name, tool) => {
  it('is described as a session wants it', () => {
    const definition = toolDefinitions().find(({ name }) => name === tool.name);
    expect(toolDefinition.parse(definition)).toEqual(definition);
  });

  it('tells the model the same parameters as it accepts', () => {
    expect(withoutWords(tool.jsonSchema)).toEqual(withoutWords(z.toJSONSchema(tool.parameters, { io: 'input' })));
  });

  it('takes no address to send anything to', () => {
    expect(JSON.stringify(tool.jsonSchema)).not.toMatch(/"type":"string"/);
  });
});

/** Descriptions are for the model alone; the dialect is not told to it. */
function withoutWords(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema), (key, value) =>
    key === 'description' || key === '$schema' ? undefined : value,
  );
}
