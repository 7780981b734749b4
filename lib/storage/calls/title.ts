/** What a call is called until the person says otherwise. Pure. */
import type { Line } from '../../protocol/snapshot.ts';

export const longestTitle = 120;
const longestOwn = 60;

/** The first thing the person said, or the first page that was read; empty where there is neither: show the date. */
export function titleOf(lines: readonly Line[]): string {
  const said = lines.find((line) => line.kind === 'person' && line.text.trim() !== '');
  if (said?.kind === 'person') return shortened(said.text);
  const read = lines.find((line) => line.kind === 'tool' && line.source);
  return read?.kind === 'tool' ? shortened(read.source?.title ?? '') : '';
}

/** One line of the person's own words. */
export function givenTitle(text: string): string {
  return oneLine(text).slice(0, longestTitle).trim();
}

function shortened(text: string): string {
  const line = oneLine(text);
  if (line.length <= longestOwn) return line;
  const end = line.lastIndexOf(' ', longestOwn);
  return `${line.slice(0, end > longestOwn / 2 ? end : longestOwn).toWellFormed()}…`;
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
