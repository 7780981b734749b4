/** Conversations as a mind is given them, item by item. */
import { createMind, type MindInput, type Thought } from '../../../relay/local/mind/mind.ts';
import type { Entry, Item } from '../../../relay/local/session/items.ts';
import { readPage, readSelection } from '../../support/engine-script.ts';

let ids = 0;
const entry = (item: Record<string, unknown>, more: Partial<Entry> = {}): Entry => ({
  item: { id: `item_${++ids}`, ...item } as Item,
  at: 0,
  audioMs: 0,
  ...more,
});
const message = (role: string, ...content: object[]): Entry =>
  entry({ type: 'message', status: 'completed', role, content });

export const typed = (text: string): Entry => message('user', { type: 'input_text', text });
export const noted = (text: string): Entry => message('system', { type: 'input_text', text });
export const assistant = (text: string): Entry => message('assistant', { type: 'output_audio', transcript: text });
/** As a client hands on the picture that a tool took. */
export const picture = (text: string): Entry =>
  message('user', { type: 'input_text', text }, { type: 'input_image', image_url: 'data:,', detail: 'auto' });
export const spoken = (heard: NonNullable<Entry['heard']>): Entry => ({
  ...message('user', { type: 'input_audio', transcript: null }),
  heard,
});
export const called = (name = 'read_page', callId = 'call_1'): Entry =>
  entry({ type: 'function_call', status: 'completed', name, call_id: callId, arguments: '{}' });
export const returned = (output: unknown, callId = 'call_1'): Entry =>
  entry({
    type: 'function_call_output',
    call_id: callId,
    output: typeof output === 'string' ? output : JSON.stringify(output),
  });
/** A call and what came of it. */
export function ran(name: string, output: unknown): Entry[] {
  const callId = `call_of_${++ids}`;
  return [called(name, callId), returned(output, callId)];
}

export async function think(entries: Entry[], more: Partial<MindInput> = {}): Promise<Thought> {
  return createMind().think({
    entries,
    instructions: '',
    tools: [readPage, readSelection],
    mustCall: null,
    language: 'en',
    now: 0,
    ...more,
  });
}
