/** A page from its beginning, for the tools that read it whole. */
import { cut } from '../page/clean.ts';
import type { Read } from './reads.ts';
import type { Refused, ToolContext, ToolReading } from './tool.ts';

/** About 3,000 tokens: a long article's beginning, and an answer that still comes quickly. */
export const usualCharacters = 12_000;

/** Of the tab in view, or of another that was listed. */
export async function readWhole(
  context: ToolContext,
  characters = usualCharacters,
  tab?: number,
): Promise<ToolReading | Refused> {
  const found = await context.read(tab);
  if (!found.ok) return found;
  const { read } = found;
  const { text, truncated } = read.page;
  if (!text.trim()) return { ok: false, fault: 'empty-page' };
  return {
    ok: true,
    read,
    room: characters,
    write(room, mark) {
      const end = endWithin(read, room);
      const following = read.passages.findIndex(({ to }) => to > end);
      return {
        fields: { text: mark(text.slice(0, end)) },
        characters: end,
        truncated: truncated || end < text.length,
        upTo: following < 0 ? read.passages.length : following,
      };
    },
  };
}

/** Between passages, else lines, where that costs little, so that no sentence ends in the middle. */
function endWithin({ page: { text }, passages }: Read, room: number): number {
  if (text.length <= room) return text.length;
  const kept = cut(text, room);
  const ends = [passages.findLast(({ to }) => to <= room)?.to ?? 0, kept.lastIndexOf('\n')];
  return ends.find((end) => end > room * 0.8) ?? kept.length;
}
