/** What a running call has to say without ending. Pure: a function of the snapshot. */
import { isActive, type MicrophoneTrouble, type Snapshot } from '../../protocol/snapshot.ts';

export interface Notes {
  trouble: MicrophoneTrouble | null;
  /** Another microphone might do better. */
  mayChoose: boolean;
  heardNothing: boolean;
  /** The line that was left after a better one was blocked. */
  secondBest: 'websocket' | 'relay' | null;
}

type Told = Pick<
  Snapshot,
  'phase' | 'turn' | 'microphone' | 'microphoneTrouble' | 'heardNothing' | 'transport' | 'transportReason'
>;

export function notesOf(call: Told): Notes {
  const active = isActive(call.phase);
  const trouble = active && call.microphone ? call.microphoneTrouble : null;
  const blocked = active && call.transportReason === 'blocked';
  return {
    trouble,
    mayChoose: trouble !== null && trouble !== 'system-muted',
    // A microphone in trouble explains it better.
    heardNothing: active && call.heardNothing && call.turn !== 'held' && !trouble,
    secondBest: blocked && (call.transport === 'websocket' || call.transport === 'relay') ? call.transport : null,
  };
}
