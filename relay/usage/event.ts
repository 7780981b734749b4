/** A provider's event, as it came. */
import { parseJson } from '../parse-json.ts';

/** Bytes of a socket, or a text. */
export interface EventText {
  includes(mark: string): boolean;
  toString(): string;
}

/** Only texts with one of the marks in them are worth parsing: sound, most of what passes, never has one. Null for others. */
export function readEvent(text: EventText, marks: readonly string[]): unknown {
  return marks.some((mark) => text.includes(mark)) ? parseJson(text.toString()) : null;
}
