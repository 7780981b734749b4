/** The tools a model may call. A new one is one file and one entry here. */
import type { ToolDefinition } from '../protocol/wishes.ts';
import { listTabs } from './list-tabs.ts';
import { lookAtPage } from './look-at-page.ts';
import { pageOutline } from './page-outline.ts';
import { pointAt } from './point-at.ts';
import { readMore } from './read-more.ts';
import { readPage } from './read-page.ts';
import { readSelection } from './read-selection.ts';
import { readTab } from './read-tab.ts';
import { searchPage } from './search-page.ts';
import type { Tool } from './tool.ts';

export const tools: readonly Tool[] = [
  searchPage,
  readPage,
  readMore,
  readSelection,
  pageOutline,
  pointAt,
  lookAtPage,
  listTabs,
  readTab,
];

/** As a session is configured with them. */
export function toolDefinitions(): ToolDefinition[] {
  return tools.map(({ name, description, jsonSchema }) => ({
    type: 'function',
    name,
    description,
    parameters: jsonSchema,
  }));
}
