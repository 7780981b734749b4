import type { SessionContext } from './context.ts';
import type { Entry, Heard, UserMessage } from './items.ts';
import { recognise } from './recognition.ts';
import { reportTranscription } from './transcription.ts';

const SAMPLES_PER_MS = 16;

/**
 * Makes an item of a spoken turn (16 kHz): `committed`, the item, and whenever the words are known their transcription
 * (realtime-protocol 3.4, 3.5). Resolves with what was said; `known` is for a turn that was recognised already.
 */
export function commitTurn(
  context: SessionContext,
  itemId: string,
  samples: Float32Array,
  known?: Promise<Heard>,
): Promise<Heard> {
  const entry = commitSound(context, itemId, samples);
  const recognition = (known ?? recognise(context, samples)).then((heard) => {
    entry.heard = heard;
    reportTranscription(context, entry, heard);
    return heard;
  });
  context.conversation.await(recognition);
  return recognition;
}

/** Makes an item of a silence that lasted too long. Nobody needs to listen to it. */
export function commitSilence(context: SessionContext, itemId: string, samples: Float32Array): void {
  const entry = commitSound(context, itemId, samples);
  entry.heard = { fault: 'audio_unintelligible' };
}

function commitSound(
  { conversation, recordings, clock, emit }: SessionContext,
  itemId: string,
  samples: Float32Array,
): Entry {
  const item: UserMessage = {
    id: itemId,
    type: 'message',
    status: 'completed',
    role: 'user',
    content: [{ type: 'input_audio', transcript: null }],
  };
  const entry: Entry = { item, at: clock.now(), audioMs: samples.length / SAMPLES_PER_MS, heard: null };
  emit({ type: 'input_audio_buffer.committed', previous_item_id: conversation.lastItemId, item_id: itemId });
  const previous = conversation.add(entry);
  recordings.addHeard(itemId, samples);
  emit({ type: 'conversation.item.added', previous_item_id: previous, item });
  emit({ type: 'conversation.item.done', previous_item_id: previous, item });
  return entry;
}
