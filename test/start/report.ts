/** What a call came to: the object that `--json` prints. */
import type { Snapshot } from '../../lib/protocol/snapshot.ts';
import type { State } from './narrator.ts';

export interface CallReport {
  /** What the engine understood. */
  question: string;
  tools: { name: string; arguments: unknown; ms: number | null }[];
  /** The assistant's transcript. */
  answer: string;
  /** What a recogniser finds in the sound that came out of the browser. */
  heard: string;
  states: State[];
  timings: {
    /** From the press of the toolbar button to a live call. */
    readyMs: number | null;
    /** From the end of the question in the microphone to the first sound of the answer in the loudspeaker. */
    turnMs: number | null;
  };
  errors: string[];
}

export interface CallFacts {
  pressedAt: number;
  last: Snapshot | null;
  states: State[];
  questionEndedAt: number | null;
  firstSoundAt: number | null;
  heard: string;
  errors: string[];
}

export function makeReport({
  pressedAt,
  last,
  states,
  questionEndedAt,
  firstSoundAt,
  heard,
  errors,
}: CallFacts): CallReport {
  const lines = last?.lines ?? [];
  const said = (kind: 'person' | 'assistant') =>
    lines.flatMap((line) => (line.kind === kind && line.text.trim() ? [line.text.trim()] : [])).join(' ');
  const turnMs = questionEndedAt === null || firstSoundAt === null ? null : firstSoundAt - questionEndedAt;
  return {
    question: said('person'),
    tools: lines.flatMap((line) =>
      line.kind === 'tool' ? [{ name: line.name, arguments: parsed(line.arguments), ms: line.ms ?? null }] : [],
    ),
    answer: said('assistant'),
    heard: heard.trim(),
    states,
    timings: { readyMs: last?.liveAt ? last.liveAt - pressedAt : null, turnMs },
    errors: last?.fault
      ? [`${last.fault.code}${last.fault.detail ? `: ${last.fault.detail}` : ''}`, ...errors]
      : errors,
  };
}

/** The model's JSON as an object; its text when it was not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
