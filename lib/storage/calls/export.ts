/** A past call to take away. What a model or a page wrote stays plain text in it: no link, picture or markup comes alive. Pure. */
import type { Line, ToolLine, ToolSource } from '../../protocol/snapshot.ts';
import type { StoredCall } from './shapes.ts';

/** In the person's language; `read` and `failed` for what Parley did with a page. */
export interface ExportWords {
  untitled: string;
  person: string;
  assistant: string;
  /** Stands behind what was heard, before what was not. */
  interrupted: string;
  read: string;
  failed: string;
  /** A day and a time, e.g. for `2026-11-20T12:00:00Z`. */
  time(at: number): string;
}

interface Quoted {
  quote?: { text: string; title: string; url: string };
}

export function callAsMarkdown(call: StoredCall, lines: readonly Line[], words: ExportWords): string {
  const head = [`# ${plain(call.title || words.untitled)}`, plain(headline(call, words))];
  return `${[...head, ...lines.map((line) => paragraph(line, words))].join('\n\n')}\n`;
}

function headline({ startedAt, endedAt, model }: StoredCall, { time }: ExportWords): string {
  return [`${time(startedAt)} – ${time(endedAt)}`, ...(model ? [model] : [])].join(' · ');
}

function paragraph(line: Line, words: ExportWords): string {
  const when = plain(words.time(line.at));
  if (line.kind === 'tool') return toolParagraph(line, when, words);
  const who = plain(line.kind === 'person' ? words.person : words.assistant);
  return `**${who}** (${when}): ${said(line, words)}`;
}

function said(line: Exclude<Line, ToolLine>, { interrupted }: ExportWords): string {
  if (line.kind === 'person' || line.state !== 'cut' || line.heardChars === undefined) return plain(line.text);
  const heard = line.text.slice(0, line.heardChars);
  const unheard = plain(line.text.slice(line.heardChars).trim());
  return `${plain(heard)} *(${plain(interrupted)})*${unheard === '' ? '' : ` ~~${unheard}~~`}`;
}

function toolParagraph(line: ToolLine & Quoted, when: string, words: ExportWords): string {
  const { source, quote } = line;
  if (quote) return `> ${plain(quote.text)}\n>\n> ${link(quote)} (${when})`;
  const what = line.state === 'failed' ? words.failed : words.read;
  return `*${plain(what)}* (${when}): ${source ? link(source) : plain(line.name)}`;
}

/** Only what a browser opens as a page becomes a link. */
function link({ title, url }: Pick<ToolSource, 'title' | 'url'>): string {
  const text = plain(title || url);
  const address = URL.canParse(url) ? new URL(url) : null;
  if (address?.protocol !== 'https:' && address?.protocol !== 'http:') return text;
  return `[${text}](<${address.href.replaceAll('<', '%3C').replaceAll('>', '%3E')}>)`;
}

/** One line, with everything escaped that Markdown, HTML in it, or a bare address could make something of. */
function plain(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>()#+!|~&]/g, String.raw`\$&`)
    .replace(/^(\d+)([.)])/, String.raw`$1\$2`)
    .replace(/^([-=])/, String.raw`\$1`)
    .replace(/:\/\//g, String.raw`:\/\/`)
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}${String.raw`\.`}`)
    .replaceAll('@', String.raw`\@`);
}

export const exportFormat = 'parley-calls';
export const exportVersion = 1;

/** Times are ISO 8601 in UTC, amounts US dollars. Ids of tabs and documents mean nothing outside and are left out. */
export function callsAsJson(calls: readonly { call: StoredCall; lines: readonly Line[] }[], at: number): string {
  const all = calls.map(({ call, lines }) => ({
    id: call.id,
    title: call.title,
    startedAt: iso(call.startedAt),
    endedAt: iso(call.endedAt),
    provider: call.provider,
    model: call.model,
    usage: call.usage,
    usd: call.usd,
    lines: lines.map(lineAsJson),
  }));
  const file = { format: exportFormat, version: exportVersion, exportedAt: iso(at), calls: all };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function lineAsJson(line: Line & Quoted): object {
  const { kind, id, state } = line;
  const common = { kind, id, at: iso(line.at), state };
  if (line.kind === 'person') return { ...common, text: line.text, typed: line.typed };
  if (line.kind === 'assistant') return { ...common, text: line.text, heardChars: line.heardChars };
  const { name, arguments: given, fault, source, ms } = line;
  const quote = line.quote && { text: line.quote.text, title: line.quote.title, url: line.quote.url };
  return { ...common, name, arguments: given, fault, source, quote, ms };
}

/** A stored time may be damaged beyond what a date can be. */
function iso(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** `parley 2026-11-20 What is the height.md`: a name that every system takes. */
export function exportName({ startedAt, title }: StoredCall, ending: 'md' | 'json'): string {
  const words = title
    .replace(/[^\p{L}\p{N} -]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();
  return `${['parley', iso(startedAt).slice(0, 10), words.slice(0, 60).trim()].filter(Boolean).join(' ')}.${ending}`;
}
