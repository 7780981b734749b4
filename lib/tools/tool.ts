/**
 * What a tool is. A tool gets its powers through the context it is handed and can send nothing anywhere: a model fooled
 * by a page finds no way out through it.
 */
import type * as z from 'zod/mini';
import type { PageContent } from '../page/page-result.ts';
import type { PageRefusal } from '../protocol/messages.ts';

export type PageRead = { ok: true; page: PageContent } | PageRefusal;

export interface ToolContext {
  page: {
    /** Reads the tab in view. Always settles, within its own deadline. */
    read(): Promise<PageRead>;
  };
}

/** What a tool found on the page: `text` is what may be cut to size. */
export interface ToolReading {
  ok: true;
  title: string;
  url: string;
  text: string;
  /** There is more than `text` holds. */
  truncated: boolean;
  headings?: string[];
}

export type ToolResult = ToolReading | PageRefusal;

export interface Tool<Parameters extends z.ZodMiniType = z.ZodMiniType> {
  name: string;
  /** For the model: what it does, and when to use it. */
  description: string;
  parameters: Parameters;
  /** The same as JSON Schema, by hand: zod's converter would weigh more than all tools. A test holds them together. */
  jsonSchema: Record<string, unknown>;
  run(args: z.output<Parameters>, context: ToolContext): Promise<ToolResult>;
}

/** Lets the type of `run`'s arguments follow from the schema; the list holds tools of every schema. */
export function defineTool<Parameters extends z.ZodMiniType>(tool: Tool<Parameters>): Tool {
  return tool as unknown as Tool;
}
