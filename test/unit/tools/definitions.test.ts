import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { toolDefinition, wishes } from '../../../lib/protocol/wishes.ts';
import { toolDefinitions, tools } from '../../../lib/tools/index.ts';

it('tells the model of all it can do', () => {
  expect(toolDefinitions().map(({ name }) => name)).toEqual([
    'search_page',
    'read_page',
    'read_more',
    'read_selection',
    'page_outline',
    'point_at',
    'look_at_page',
    'list_tabs',
    'read_tab',
  ]);
});

it('fits what a relay accepts, and costs little: every call begins with it', () => {
  expect(wishes.safeParse({ tools: toolDefinitions() }).success).toBe(true);
  expect(JSON.stringify(toolDefinitions()).length).toBeLessThan(6000);
});

describe.each(tools.map((tool) => [tool.name, tool] as const))('%s', (_name, tool) => {
  it('is described as a session wants it', () => {
    const definition = toolDefinitions().find(({ name }) => name === tool.name);
    expect(toolDefinition.parse(definition)).toEqual(definition);
  });

  it('tells the model the same parameters as it accepts', () => {
    expect(withoutWords(tool.jsonSchema)).toEqual(withoutWords(z.toJSONSchema(tool.parameters, { io: 'input' })));
  });

  it('takes no more words than it needs, and no address', () => {
    for (const [, words] of JSON.stringify(tool.jsonSchema).matchAll(/({[^{}]*"type":"string"[^{}]*})/g)) {
      expect(JSON.parse(words!).maxLength).toBeLessThanOrEqual(600);
    }
    expect(JSON.stringify(tool.jsonSchema)).not.toMatch(/url|address|http/i);
  });
});

/** Descriptions are for the model alone; the dialect is not told to it. */
function withoutWords(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema), (key, value) =>
    key === 'description' || key === '$schema' ? undefined : value,
  );
}
