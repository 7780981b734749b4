/** What the talk key does, in every way to talk. What it did before is not remembered: the snapshot says what is. */
import type { TalkMode } from '../protocol/settings.ts';
import { isActive, type Snapshot } from '../protocol/snapshot.ts';

export type TalkKeyDoes = 'start' | 'talk-begin' | 'talk-end' | 'nothing';

type Now = Pick<Snapshot, 'phase' | 'turn'>;

/**
 * Tap and hold: a press begins the person's turn, and ends one that is open; in hold that is one which a short press
 * left open. Hands-free: it interrupts the assistant, or is "I'm done".
 */
export function onTalkKeyDown(mode: TalkMode, { phase, turn }: Now): TalkKeyDoes {
  if (!isActive(phase)) return 'start';
  const endsTurn = mode === 'hands-free' ? turn === 'hearing' : turn === 'held';
  return endsTurn ? 'talk-end' : 'talk-begin';
}

export function onTalkKeyUp(mode: TalkMode, { phase, turn }: Now): TalkKeyDoes {
  // While the call comes up, the turn that began with the key shows only once the microphone is open.
  const mayBeOpen = turn === 'held' || phase === 'connecting' || phase === 'asking-permission';
  return mode === 'hold' && mayBeOpen ? 'talk-end' : 'nothing';
}
