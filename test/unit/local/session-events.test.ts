import { describe, expect, it } from 'vitest';
import type { ServerEvent } from '../../../relay/local/session/events.ts';

/** The compiler is the judge here: an expected error that does not come is one. */
describe('An event the engine sends', () => {
  it('is one the official package knows, with its fields, or does not compile', () => {
    const sent: ServerEvent[] = [
      { type: 'input_audio_buffer.speech_started', audio_start_ms: 0, item_id: 'item_1' },
      { type: 'response.done', response: { status: 'failed', usage: null, status_details: null } },
      // @ts-expect-error There is no such event.
      { type: 'response.cancelled', response_id: 'resp_1' },
      // @ts-expect-error The item is missing.
      { type: 'input_audio_buffer.speech_stopped', audio_end_ms: 0 },
      // @ts-expect-error No such field.
      { type: 'input_audio_buffer.cleared', item_id: 'item_1' },
      // @ts-expect-error No such status.
      { type: 'response.done', response: { status: 'done' } },
      // @ts-expect-error A required field is never null.
      { type: 'conversation.item.truncated', item_id: null, content_index: 0, audio_end_ms: 0 },
    ];
    expect(new Set(sent.map(({ type }) => type)).size).toBe(6);
  });
});
