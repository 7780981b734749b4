/**
 * Judges events of the engine by the schemas of OpenAI's agents SDK. An event that falls to the SDK's generic case is
 * one that its users would never see.
 */
// Not exported by the package; the CommonJS file is the one with types beside it.
import { parseRealtimeEvent } from '../../node_modules/@openai/agents-realtime/dist/openaiRealtimeEvents.js';

interface WireEvent {
  type: string;
  item?: { content?: { type?: string }[] };
}

/** What the API sends and the SDK has no schema for, each judged as the nearest thing that it has one for. */
const withoutSchema: ((event: WireEvent) => WireEvent)[] = [
  // The SDK leaves idle timeouts to its generic case.
  (event) =>
    event.type === 'input_audio_buffer.timeout_triggered'
      ? { ...event, type: 'input_audio_buffer.speech_stopped' }
      : event,
  // The SDK knows no images in the items that a server sends.
  (event) =>
    Array.isArray(event.item?.content)
      ? { ...event, item: { ...event.item, content: event.item.content.filter(({ type }) => type !== 'input_image') } }
      : event,
];

export interface Complaint {
  /** Of the event; '' for what is none. */
  type: string;
  message: string;
}

/** What is wrong with an event, given as JSON text; null when the SDK knows it. */
export function complaintAbout(text: string): Complaint | null {
  const { data, raw, isGeneric } = parseRealtimeEvent(new MessageEvent('message', { data: text }));
  const shown = text.length > 1000 ? `${text.slice(0, 1000)}…` : text;
  if (!data || !raw) return { type: '', message: `Not an event: ${shown}` };
  if (!isGeneric) return null;
  const near = withoutSchema.reduce((event, known) => known(event), raw as WireEvent);
  if (!parseRealtimeEvent(new MessageEvent('message', { data: JSON.stringify(near) })).isGeneric) return null;
  return { type: data.type, message: `The agents SDK does not know this ${data.type}: ${shown}` };
}

const complainedAbout = new Set<string>();

/**
 * For every client of the engine in tests, with every event that reaches it. The first complaint about each type fails
 * the run, from outside of whatever callback this is called in: a callback's caller may swallow what it throws.
 */
export function judge(text: string): void {
  const complaint = complaintAbout(text);
  if (!complaint || complainedAbout.has(complaint.type)) return;
  complainedAbout.add(complaint.type);
  setImmediate(() => {
    throw new Error(complaint.message);
  });
}
