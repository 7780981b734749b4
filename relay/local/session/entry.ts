import type { SessionContext } from './context.ts';
import type { Ids } from './ids.ts';
import type { Entry, Item, NewItem } from './items.ts';

/** A client's item as the session keeps it: with an id, completed. */
export function toEntry(item: NewItem, { ids, clock }: Pick<SessionContext, 'ids' | 'clock'>): Entry {
  return { item: toItem(item, item.id ?? ids.next('item'), ids), at: clock.now(), audioMs: 0 };
}

function toItem(item: NewItem, id: string, ids: Ids): Item {
  switch (item.type) {
    case 'message':
      return { id, type: 'message', status: 'completed', role: item.role, content: item.content };
    case 'function_call':
      return {
        id,
        type: 'function_call',
        status: 'completed',
        name: item.name,
        call_id: item.call_id ?? ids.next('call'),
        arguments: item.arguments,
      };
    case 'function_call_output':
      return { id, type: 'function_call_output', call_id: item.call_id, output: item.output };
  }
}
