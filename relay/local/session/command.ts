import * as z from 'zod';
import type { SessionContext } from './context.ts';
import { parseOrRefuse } from './errors.ts';
import type { Listening } from './listening.ts';
import type { Responding } from './responding.ts';

export interface Floor {
  context: SessionContext;
  listening: Listening;
  responding: Responding;
  /** Takes sound in base64 into the input. */
  append(audio: string): void;
}

export type Command = (event: unknown, floor: Floor) => void;

export const itemId = z.string().check(z.maxLength(64));

/** One command: its fields beside `type` and `event_id`, and what it does. Throws `ProtocolError` to refuse. */
export function command<Shape extends z.ZodRawShape>(
  fields: Shape,
  run: (event: z.output<z.ZodObject<Shape, z.core.$strict>>, floor: Floor) => void,
): Command {
  const schema = z.strictObject(fields);
  return (event, floor) => run(parseOrRefuse(schema, event, ''), floor);
}
