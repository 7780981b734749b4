/** What a test looks for in a snapshot. */
import type { Line, Snapshot } from '../../lib/protocol/snapshot.ts';

export const linesOf = <K extends Line['kind']>(snapshot: Snapshot, kind: K) =>
  snapshot.lines.filter((line): line is Extract<Line, { kind: K }> => line.kind === kind);

/** An answer that is all said, and nothing sounds any more. */
export const isAnswered = (snapshot: Snapshot) =>
  linesOf(snapshot, 'assistant').some((line) => line.state === 'final') &&
  (snapshot.turn === 'listening' || snapshot.turn === 'resting');

export const isSpeaking = ({ turn }: Snapshot) => turn === 'speaking';
export const isLive = ({ phase }: Snapshot) => phase === 'live';
/** What the person said, as it was understood. */
export const said = (snapshot: Snapshot) => linesOf(snapshot, 'person').map(({ text }) => text);
