/** Conversation items as they go over the wire, and what the session keeps of each (realtime-protocol 2.6). */
import type { Recognition } from '../hearing/hearing.ts';

export type ItemStatus = 'completed' | 'in_progress' | 'incomplete';

export type InputText = { type: 'input_text'; text: string };
export type InputAudio = { type: 'input_audio'; audio?: string; transcript: string | null };
export type InputImage = { type: 'input_image'; image_url: string; detail: 'auto' | 'low' | 'high' };
export type OutputText = { type: 'output_text'; text: string };
export type OutputAudio = { type: 'output_audio'; audio?: string; transcript?: string };

interface Message<Role extends string, Part> {
  id: string;
  type: 'message';
  status: ItemStatus;
  role: Role;
  content: Part[];
}
export type SystemMessage = Message<'system', InputText>;
export type UserMessage = Message<'user', InputText | InputAudio | InputImage>;
/** What a message of a response with several is for: said while something else goes on, or the answer itself. */
export type Phase = 'commentary' | 'final_answer';
export interface AssistantMessage extends Message<'assistant', OutputText | OutputAudio> {
  phase?: Phase;
}
export type MessageItem = SystemMessage | UserMessage | AssistantMessage;

export interface FunctionCallItem {
  id: string;
  type: 'function_call';
  status: ItemStatus;
  name: string;
  call_id: string;
  arguments: string;
}
export interface FunctionOutputItem {
  id: string;
  type: 'function_call_output';
  call_id: string;
  output: string;
}
export type Item = MessageItem | FunctionCallItem | FunctionOutputItem;

/** What the recogniser made of a spoken turn. */
export type Heard = Recognition;

/** What the session knows of an item beside the wire. */
export interface Entry {
  item: Item;
  /** When it entered the conversation, in ms of the session's clock. */
  at: number;
  /** The length of its sound, both ways, in ms; 0 for text. */
  audioMs: number;
  /** What its images are read as; nothing when it has none. */
  imageTokens?: number;
  /** A spoken turn's words. Undefined for everything else, null while the recogniser works. */
  heard?: Heard | null;
  /** The client put it in; everything else was said to this session, or made by it. */
  given?: boolean;
  /** True when it is too old to be read any more; the conversation still has it. */
  forgotten?: boolean;
}
