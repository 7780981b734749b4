/** The tools a model may call. A new one is one file and one entry here. */
import type { ToolDefinition } from '../protocol/wishes.ts';
import { readPage } from './read-page.ts';
import { readSelection } from './read-selection.ts';
import type { Tool } from './tool.ts';

export const tools: readonly Tool[] = [readPage, readSelection];

/** As a session is configured with them. */
export function toolDefinitions(): ToolDefinition[] {
  return tools.map(({ name, description, jsonSchema }) => ({
    type: 'function',
    name,
    description,
    parameters: jsonSchema,
  }));
}
