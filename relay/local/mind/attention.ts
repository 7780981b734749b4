import type { Entry } from '../session/items.ts';
import { readToolOutput, type ToolOutput } from './tool-output.ts';

/** A page read longer ago than this may not be the one in view any more. */
const FRESH_MS = 90_000;
/** The client puts it in by itself, whenever it has it; nobody asked, so it is no answer to anything. */
const DIGEST = 'page_outline';
/** Goes with what was said already. */
const POINTING = 'point_at';

export interface Returned {
  /** Of the function; null where its call is not known. */
  name: string | null;
  output: ToolOutput;
}

/** A conversation as the mind sees it. */
export interface Attention {
  /** Without what goes on beside the talk: digests, pointing, the pictures behind outputs. */
  entries: readonly Entry[];
  /** What came back since somebody said something; empty when the last thing is something else. */
  returned: readonly Returned[];
  /** All is said: only pointing came after the answer. */
  silent: boolean;
  /** The reading before, when it cannot be too old. */
  fresh: ToolOutput | null;
  /** The title that a digest tells, when it cannot be too old. */
  title: string | null;
}

export function attend(all: readonly Entry[], now: number): Attention {
  const names = new Map(all.flatMap(({ item }) => (item.type === 'function_call' ? [[item.call_id, item.name]] : [])));
  const nameOf = ({ item }: Entry): string | null => ('call_id' in item ? (names.get(item.call_id) ?? null) : null);
  const isBeside = (entry: Entry): boolean => [DIGEST, POINTING].includes(nameOf(entry) ?? '');
  const entries = all.filter((entry, at) => !isBeside(entry) && !isPicture(entry, all[at - 1]));

  const last = entries.at(-1);
  const tail = entries.slice(entries.findLastIndex(isSaid) + 1);
  const returned =
    last?.item.type === 'function_call_output'
      ? tail.flatMap((entry) =>
          entry.item.type === 'function_call_output'
            ? [{ name: nameOf(entry), output: readToolOutput(entry.item.output) }]
            : [],
        )
      : [];
  const silent =
    last?.item.type === 'message' &&
    last.item.role === 'assistant' &&
    all.slice(all.indexOf(last)).some((entry) => nameOf(entry) === POINTING);

  const recent = sinceChange(all).filter(({ at }) => now - at <= FRESH_MS);
  const latest = (ours: (entry: Entry) => boolean): ToolOutput | null => {
    const found = recent.findLast((entry) => entry.item.type === 'function_call_output' && ours(entry))?.item;
    return found?.type === 'function_call_output' ? readToolOutput(found.output) : null;
  };
  const digest = latest((entry) => nameOf(entry) === DIGEST);
  return {
    entries,
    returned,
    silent,
    fresh: latest((entry) => !isBeside(entry)),
    title: digest?.kind === 'outline' ? digest.title || null : null,
  };
}

/** A word from outside of the talk, such as a permission, changes what can be read. */
function sinceChange(entries: readonly Entry[]): readonly Entry[] {
  return entries.slice(entries.findLastIndex(({ item }) => item.type === 'message' && item.role === 'system') + 1);
}

function isSaid({ item }: Entry): boolean {
  return item.type === 'message';
}

/** An output is text only: its picture comes right behind it, as if the person had sent it. */
function isPicture({ item }: Entry, before: Entry | undefined): boolean {
  if (item.type !== 'message' || item.role !== 'user' || before?.item.type !== 'function_call_output') return false;
  return item.content.some(({ type }) => type === 'input_image');
}
