import * as z from 'zod/mini';
import { cut } from '../page/clean.ts';
import { resultLimits } from '../page/limits.ts';
import { defineTool, objectSchema } from './tool.ts';

export const readSelection = defineTool({
  name: 'read_selection',
  description:
    'Reads the words that the person has marked (selected) on the page in view: when they say "this sentence", "what I ' +
    'marked", "the selected text".',
  parameters: z.strictObject({}),
  jsonSchema: objectSchema({}),
  async run(_args, context) {
    const found = await context.read();
    if (!found.ok) return found;
    const { selection } = found.read.page;
    if (!selection.trim()) return { ok: false, fault: 'no-selection' };
    return {
      ok: true,
      read: found.read,
      room: selection.length,
      write(room, mark) {
        const text = cut(selection, room);
        const truncated = text !== selection || selection.length >= resultLimits.selection - 1;
        return { fields: { text: mark(text) }, characters: text.length, truncated };
      },
    };
  },
});
