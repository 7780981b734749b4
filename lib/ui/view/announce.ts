/**
 * What the screen-reader mode reads out, and when. Pure. Voices and a screen reader share one loudspeaker: read out while
 * the assistant speaks, nothing is understood; read out while the person speaks, it goes into the microphone.
 */
import type { AssistantLine, Line, PersonLine, Snapshot } from '../../protocol/snapshot.ts';
import { splitHeard } from './lines.ts';
import type { TalkState } from './talk.ts';

export type WholeLine = PersonLine | AssistantLine;
type Told = Pick<Snapshot, 'lines' | 'answers'>;

/** A voice is heard, and tells the state by itself. What else is to be read out waits until it is over. */
const withVoice = new Set<TalkState>(['held', 'hearing', 'interrupting', 'speaking']);

export function mayReadOut(state: TalkState, { answers }: Pick<Snapshot, 'answers'>): boolean {
  return !withVoice.has(state) || (state === 'speaking' && answers !== 'voice');
}

/** Hands out each line once, when it is whole; none that began before `since`, in unix milliseconds. */
export function createLineFeed(since: number): (snapshot: Told) => WholeLine[] {
  let known = new Set<string>();
  return (snapshot) => {
    const whole = snapshot.lines.filter(isWhole);
    const fresh = whole.filter(({ id, at }) => !known.has(id) && at >= since);
    known = new Set(whole.map(({ id }) => id));
    // A spoken answer was heard: read out as well, it would be heard twice.
    return snapshot.answers === 'voice' ? fresh.filter(({ kind }) => kind === 'person') : fresh;
  };
}

function isWhole(line: Line): line is WholeLine {
  if (line.kind === 'tool') return false;
  return line.state !== 'hearing' && line.state !== 'streaming';
}

/** Empty: there is nothing to read out. */
export function textOf(line: WholeLine): string {
  return (line.kind === 'assistant' ? splitHeard(line).heard : line.text).trim();
}
