import { expect, it } from 'vitest';
import { complaintAbout } from '../../support/event-judge.ts';

const about = (event: unknown): string | undefined => complaintAbout(JSON.stringify(event))?.message;

it('has nothing to say about an event of the API', () => {
  expect(complaintAbout('{"type":"input_audio_buffer.cleared","event_id":"event_1"}')).toBeNull();
});

it('complains about what the SDK would hand on as unknown', () => {
  expect(about({ type: 'response.audio.delta', event_id: 'event_1', delta: '' })).toMatch(
    /does not know this response\.audio\.delta/,
  );
});

it('complains about a known event with a field missing', () => {
  expect(about({ type: 'input_audio_buffer.speech_started', event_id: 'event_1', item_id: 'item_1' })).toMatch(
    /speech_started/,
  );
});

it('complains about what is no event at all', () => {
  expect(complaintAbout('not JSON')?.message).toBe('Not an event: not JSON');
  expect(about({ event_id: 'event_1' })).toMatch(/Not an event/);
});

it('lets an image in an item pass, which the API echoes and the SDK does not know', () => {
  const content = [{ type: 'input_image', image_url: 'data:image/png;base64,AAAA' }];
  const item = { id: 'item_1', type: 'message', role: 'user', status: 'completed', content };
  expect(about({ type: 'conversation.item.added', event_id: 'event_1', item })).toBeUndefined();
  expect(about({ type: 'conversation.item.added', event_id: 'event_1', item: { ...item, role: 'nobody' } })).toMatch(
    /conversation\.item\.added/,
  );
});
