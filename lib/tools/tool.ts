/**
 * What a tool is. A tool gets its powers through the context it is handed and can send nothing anywhere: a model fooled
 * by a page finds no way out through it.
 */
import type * as z from 'zod/mini';
import type { LookInView, PageRefusal, Pointed, TabsInView } from '../protocol/messages.ts';
import type { Place, Quote, ToolSource } from '../protocol/snapshot.ts';
import type { KeptReads, Read } from './reads.ts';

/** `problem` is for the model, so that its next call can be better. */
export type Refused = PageRefusal & { problem?: string };

/** Every promise settles: with a refusal where a power fails, or takes too long, or the turn has had enough. */
export interface ToolContext {
  /** Reads the tab in view as it is now, or another one that `tabs` has listed. */
  read(tab?: number): Promise<{ ok: true; read: Read } | Refused>;
  readonly kept: KeptReads;
  point(place: Place, quote: string): Promise<Pointed>;
  look(): Promise<LookInView>;
  tabs(): Promise<TabsInView>;
}

/** Words of a page, to be wrapped as such. */
export interface ToolReading {
  ok: true;
  read: Read;
  /** Most characters of the page that it hands on. */
  room: number;
  /**
   * With room for so many characters; asked again with less where bytes are short. `mark` puts the marks of page content
   * around words.
   */
  write(room: number, mark: (words: string) => string): Written;
}

export interface Written {
  fields: Record<string, unknown>;
  /** Of the page, as handed on. */
  characters: number;
  truncated: boolean;
  /** Index of the first passage that was not handed on; `read_more` can go on there. */
  upTo?: number;
}

/** Anything else that a tool says. */
export interface ToolAnswer {
  ok: true;
  said: Record<string, unknown>;
  image?: string;
  source?: ToolSource;
  quote?: Quote;
}

export type ToolResult = ToolReading | ToolAnswer | Refused;

export interface Tool<Parameters extends z.ZodMiniType = z.ZodMiniType> {
  name: string;
  /** For the model: what it does, and when to use it. At most 1,024 characters. */
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

/** JSON Schema of a tool's parameters. */
export function objectSchema(properties: Record<string, unknown>, required?: string[]): Record<string, unknown> {
  return { type: 'object', properties, ...(required ? { required } : {}), additionalProperties: false };
}
