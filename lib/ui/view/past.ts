/** Past calls as a list shows them. Pure. */
import type { ExportWords } from '../../storage/calls/export.ts';
import { wordsOf } from '../../storage/calls/search.ts';
import { openMsOf, type StoredCall } from '../../storage/calls/shapes.ts';
import type { Line } from '../../protocol/snapshot.ts';
import type { PastWords } from '../words/past.ts';
import { dollars } from './money.ts';
import { lineText } from './said.ts';
import { elapsed } from './time.ts';

type Facts = Pick<StoredCall, 'startedAt' | 'endedAt' | 'openMs' | 'usd'>;

/** When, how long, and for how much: `Nov 20, 2026, 2:03 PM · 3:12 · ≈ $0.04`. */
export function factsOf(call: Facts, language: string): string {
  const { startedAt, usd } = call;
  const cost = usd ? dollars(usd, language) : '';
  const parts = [timeOf(startedAt, language), elapsed(openMsOf(call))];
  if (cost) parts.push(cost.startsWith('<') ? cost : `≈ ${cost}`);
  return parts.join(' · ');
}

/** Empty for a time that no calendar has: what is stored may be damaged. */
export function timeOf(at: number, language: string): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return Math.abs(at) > 8.64e15 ? '' : format.format(at);
}

const shownBefore = 30;
const shownChars = 120;

/** The part of a line in which the first found word stands; the beginning, where accents hide it from a plain look. */
export function excerpt(line: Line, query: string): string {
  const text = lineText(line).replace(/\s+/g, ' ');
  const folded = text.toLowerCase();
  const places = wordsOf(query)
    .map((word) => folded.indexOf(word))
    .filter((place) => place >= 0);
  const start = places.length > 0 ? Math.max(0, Math.min(...places) - shownBefore) : 0;
  const end = start + shownChars;
  return `${start > 0 ? '…' : ''}${text.slice(start, end).toWellFormed()}${end < text.length ? '…' : ''}`;
}

export function exportWords({ untitled, file, language }: PastWords): ExportWords {
  return { untitled, ...file, time: (at) => timeOf(at, language) };
}

const megabyte = 1_000_000;

export function megabytes(bytes: number, language: string): string {
  return Math.ceil(bytes / megabyte).toLocaleString(language);
}
