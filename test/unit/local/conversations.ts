/** What the tests of conversations share: calls that are hung up afterwards, and the order of events of an answer. */
import { EngineScript, pageOutput, type Scripted } from '../../support/engine-script.ts';

export const TRANSCRIBED = { audio: { input: { transcription: { language: 'en' } } } };
export const TRAINS = pageOutput(
  'The next train to London leaves at 14:35 from platform 4. Coffee is served in the hall.',
);

const open: EngineScript[] = [];
export function call(script: Scripted = {}): EngineScript {
  const made = new EngineScript(script);
  open.push(made);
  return made;
}

/** Every event that any of the calls sent was judged as it came. */
export function hangUpAll(): void {
  for (const each of open.splice(0)) each.close();
}

export const ANSWER = [
  'response.created',
  'response.output_item.added',
  'conversation.item.added',
  'response.content_part.added',
  'response.output_audio_transcript.delta',
  'output_audio_buffer.started',
];
export const ANSWER_END = [
  'response.output_audio.done',
  'response.output_audio_transcript.done',
  'response.content_part.done',
  'conversation.item.done',
  'response.output_item.done',
  'response.done',
  'rate_limits.updated',
];
