import type { Entry } from '../session/items.ts';

/** The person's words since the model's last item; `seen` are items of earlier responses. Spoken turns nobody understood are left out. */
export function wordsIn(entries: readonly Entry[], seen: ReadonlySet<string>): string {
  const last = entries.findLastIndex(
    ({ item, given }) =>
      (item.type === 'function_call' && !given) || (item.type === 'message' && item.role === 'assistant'),
  );
  return entries
    .slice(last + 1)
    .filter(({ item }) => !seen.has(item.id))
    .map(wordsOf)
    .filter((words) => words !== '')
    .join(' ');
}

/** What each call of the last response returned, null where nothing came yet. Calls that the client put in are not asked for. */
export function outputsIn(entries: readonly Entry[], seen: ReadonlySet<string>): (string | null)[] {
  const found = new Map<string, string>();
  for (const { item } of entries) if (item.type === 'function_call_output') found.set(item.call_id, item.output);
  return entries.flatMap(({ item, given }) =>
    item.type === 'function_call' && !given && !seen.has(item.id) ? [found.get(item.call_id) ?? null] : [],
  );
}

function wordsOf({ item, heard }: Entry): string {
  if (item.type !== 'message' || item.role !== 'user') return '';
  if (heard && 'text' in heard) return heard.text.trim();
  return item.content
    .map((part) => ('text' in part ? part.text : ''))
    .join(' ')
    .trim();
}
