import { resample } from '../audio/resample.ts';
import { decodeSound, rateOf } from '../audio/sound-format.ts';
import { HEARING_RATE } from '../hearing/messages.ts';
import type { SessionContext } from './context.ts';
import type { Ids } from './ids.ts';
import { imageSize, imageTokens } from './image.ts';
import type { NewItem } from './item-schema.ts';
import type { Entry, Item, UserMessage } from './items.ts';
import { recognise } from './recognition.ts';

type UserContent = Extract<NewItem, { role: 'user' }>['content'];

/**
 * A client's item as the session keeps it: with an id, completed, and its sound listened to. `retrievable` keeps that
 * sound; an item that only one response reads does not need it.
 */
export function toEntry(item: NewItem, context: SessionContext, retrievable = true): Entry {
  const { ids, clock } = context;
  const entry: Entry = {
    item: toItem(item, item.id ?? ids.next('item'), ids),
    at: clock.now(),
    audioMs: 0,
    given: true,
  };
  if (item.type === 'message' && item.role === 'user') {
    takeImages(item.content, entry);
    takeSound(item.content, entry, context, retrievable);
  }
  return entry;
}

function takeImages(content: UserContent, entry: Entry): void {
  const images = content.filter((part) => part.type === 'input_image');
  if (images.length === 0) return;
  entry.imageTokens = images.reduce((sum, { image_url: url, detail }) => {
    const size = imageSize(url);
    return size ? sum + imageTokens(size, detail) : sum;
  }, 0);
}

/** A recording counts as speech: its transcript is believed, and without one it is recognised. */
function takeSound(content: UserContent, entry: Entry, context: SessionContext, keep: boolean): void {
  const recordings = content.filter((part) => part.type === 'input_audio');
  if (recordings.length === 0) return;
  const { format } = context.config.audio.input;
  const sounds = recordings.map(({ audio }) =>
    resample(decodeSound(Buffer.from(audio, 'base64'), format), rateOf(format), HEARING_RATE),
  );
  for (const sound of sounds) context.heard?.(sound);
  entry.audioMs = sounds.reduce((sum, { length }) => sum + (length * 1000) / HEARING_RATE, 0);
  if (keep) for (const sound of sounds) context.recordings.addHeard(entry.item.id, sound);
  entry.heard = null;
  const words = content.map(async (part) => {
    if (part.type === 'input_text') return part.text;
    if (part.type === 'input_image') return '';
    if (part.transcript) return part.transcript;
    const sound = sounds[recordings.indexOf(part)] ?? new Float32Array(0);
    const heard = await recognise(context, sound);
    return 'text' in heard ? heard.text : heard;
  });
  const listening = Promise.all(words).then((parts) => {
    const texts = parts.filter((part) => typeof part === 'string').filter(Boolean);
    const fault = parts.find((part) => typeof part === 'object');
    entry.heard = texts.length > 0 ? { text: texts.join(' ') } : (fault ?? { fault: 'audio_unintelligible' });
    return entry.heard;
  });
  context.conversation.await(listening);
}

function toItem(item: NewItem, id: string, ids: Ids): Item {
  switch (item.type) {
    case 'message':
      return toMessage(item, id);
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

function toMessage(item: Extract<NewItem, { type: 'message' }>, id: string): Item {
  const base = { id, type: 'message', status: 'completed' } as const;
  switch (item.role) {
    case 'system':
      return { ...base, role: 'system', content: item.content };
    case 'assistant':
      return { ...base, role: 'assistant', ...(item.phase ? { phase: item.phase } : {}), content: item.content };
    case 'user':
      return { ...base, role: 'user', content: item.content.map(withoutSound) };
  }
}

/** Items are told without their sound; `conversation.item.retrieve` brings it. */
function withoutSound(part: UserContent[number]): UserMessage['content'][number] {
  return part.type === 'input_audio' ? { type: 'input_audio', transcript: part.transcript ?? null } : part;
}
