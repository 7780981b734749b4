/**
 * The conversation as lines, in item order. Pure: each function returns a new transcript. Items come with the id of the
 * item before them, texts come whenever they come (a person's words often after the answer has begun), so the order is
 * kept apart from the lines.
 */
import type { AssistantLine, Line, PersonLine, ToolLine } from '../protocol/snapshot.ts';

export interface Transcript {
  /** Ids of all items, shown or not. */
  order: string[];
  /** By the id of an item, the one that came behind it: it moves along when that one finds its place late. */
  next: Record<string, string>;
  lines: Record<string, Line>;
}

export const emptyTranscript: Transcript = { order: [], next: {}, lines: {} };

export function linesOf({ order, lines }: Transcript): Line[] {
  return order.flatMap((id) => {
    const line = lines[id];
    return line && isWorthShowing(line) ? [line] : [];
  });
}

/** Silence or noise never becomes a message, and an answer without a word is not one yet. */
function isWorthShowing(line: Line): boolean {
  if (line.kind === 'person') return line.text !== '' || line.state === 'hearing';
  if (line.kind === 'assistant') return line.text !== '';
  return true;
}

/**
 * Puts the item behind `previousId`, and those that are known to follow it behind it; without one, or with one never seen,
 * at the end unless it has its place already.
 */
export function place(transcript: Transcript, id: string, previousId: string | null): Transcript {
  const { order } = transcript;
  const next = previousId === null ? transcript.next : { ...transcript.next, [previousId]: id };
  const anchor = previousId === null ? -1 : order.indexOf(previousId);
  const isThere = order.includes(id);
  if (anchor === -1 && isThere) return { ...transcript, next };
  if (anchor !== -1 && order[anchor + 1] === id) return { ...transcript, next };
  const moved = withFollowers(next, id).filter((each) => each === id || order.includes(each));
  const others = order.filter((other) => !moved.includes(other));
  others.splice(anchor === -1 ? others.length : others.indexOf(previousId as string) + 1, 0, ...moved);
  return { ...transcript, next, order: others };
}

function withFollowers(next: Record<string, string>, first: string): string[] {
  const chain = [first];
  for (let id = next[first]; id !== undefined && !chain.includes(id); id = next[id]) chain.push(id);
  return chain;
}

/** Adds the line if it is not there, at its item's place. */
export function addLine(transcript: Transcript, line: Line): Transcript {
  if (transcript.lines[line.id]) return transcript;
  return place({ ...transcript, lines: { ...transcript.lines, [line.id]: line } }, line.id, null);
}

export function personLine(id: string, at: number): PersonLine {
  return { kind: 'person', id, at, text: '', state: 'hearing', typed: false };
}

export function assistantLine(id: string, at: number): AssistantLine {
  return { kind: 'assistant', id, at, text: '', state: 'streaming' };
}

export function changePerson(transcript: Transcript, id: string, change: Partial<PersonLine>): Transcript {
  return changeLine(transcript, id, 'person', change);
}

export function changeTool(transcript: Transcript, id: string, change: Partial<ToolLine>): Transcript {
  return changeLine(transcript, id, 'tool', change);
}

function changeLine<K extends Line['kind']>(transcript: Transcript, id: string, kind: K, change: object): Transcript {
  const line = transcript.lines[id];
  if (line?.kind !== kind) return transcript;
  return { ...transcript, lines: { ...transcript.lines, [id]: { ...line, ...change } as Line } };
}

/**
 * A turn that the person ended by hand may get another item than the one that began with their voice; that one never gets
 * its words. One whose words are only late comes back with them.
 */
export function dropUnheard(transcript: Transcript, exceptId: string): Transcript {
  return Object.values(transcript.lines).reduce(
    (rest, { id, ...line }) =>
      line.kind === 'person' && line.state === 'hearing' && line.text === '' && id !== exceptId
        ? changePerson(rest, id, { state: 'unheard' })
        : rest,
    transcript,
  );
}

export function appendAssistant(transcript: Transcript, id: string, delta: string): Transcript {
  const line = transcript.lines[id];
  // What comes behind the final text is in it already.
  if (line?.kind !== 'assistant' || line.state !== 'streaming') return transcript;
  return changeLine(transcript, id, 'assistant', { text: line.text + delta });
}

/** The final text replaces the deltas; a cut line keeps the text and the cut it has. */
export function finishAssistant(transcript: Transcript, id: string, text: string): Transcript {
  const line = transcript.lines[id];
  if (line?.kind !== 'assistant' || line.state === 'cut') return transcript;
  return changeLine(transcript, id, 'assistant', { text: text || line.text, state: 'final' });
}

/**
 * Characters a voice says in a millisecond. On WebRTC nobody tells which word a millisecond belongs to; 15 characters a
 * second is ordinary speech in the languages we speak.
 */
const charactersPerMs = 0.015;

/** Marks where the answer was interrupted, at the end of the word that was being said. */
export function cutAssistant(transcript: Transcript, id: string, audioEndMs: number): Transcript {
  const line = transcript.lines[id];
  if (line?.kind !== 'assistant') return transcript;
  const estimate = Math.max(0, Math.min(line.text.length, Math.round(audioEndMs * charactersPerMs)));
  const rest = line.text.slice(estimate).search(/\s/);
  const heardChars = rest === -1 ? line.text.length : estimate + rest;
  return changeLine(transcript, id, 'assistant', { state: 'cut', heardChars });
}

/** After the end of a call nothing streams any more. */
export function settle(transcript: Transcript): Transcript {
  const lines: Record<string, Line> = {};
  for (const [id, line] of Object.entries(transcript.lines)) lines[id] = settled(line);
  return { ...transcript, lines };
}

/** Also a kept line may be half a one: its browser was closed in the middle of it. */
export function settled(line: Line): Line {
  if (line.kind === 'person' && line.state === 'hearing') return { ...line, state: line.text ? 'final' : 'unheard' };
  if (line.kind === 'assistant' && line.state === 'streaming') return { ...line, state: 'final' };
  if (line.kind === 'tool' && line.state === 'running') return { ...line, state: 'failed', fault: 'interrupted' };
  return line;
}
