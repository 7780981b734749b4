/** What a running call has to say without ending. Pure: a function of the snapshot. */
import {
  isActive,
  noRelayEnd,
  type Away,
  type Late,
  type MicrophoneTrouble,
  type Snapshot,
} from '../../protocol/snapshot.ts';

export interface Notes {
  trouble: MicrophoneTrouble | null;
  /** What may help: another microphone, or the browser's permission. */
  help: 'choose' | 'allow' | null;
  heardNothing: boolean;
  /** The line that was left after a better one was blocked. */
  secondBest: 'websocket' | 'relay' | null;
  /** How near the person's own limit for money is, once it is worth a word; `relay`: that of the relay is near. */
  limit: 'near' | 'reached' | 'relay' | null;
  /** Unix milliseconds: the relay ends the call then. */
  relayEndsAt: number | null;
  /** Unix milliseconds: the call ends then, because nobody says anything. */
  endsIdleAt: number | null;
  /** `spoken`: what the person says meanwhile is kept, and not only what they type. */
  away: (Away & { spoken: boolean }) | null;
  late: Late | null;
}

type Told = Pick<
  Snapshot,
  | 'phase'
  | 'turn'
  | 'microphone'
  | 'microphoneTrouble'
  | 'heardNothing'
  | 'transport'
  | 'transportReason'
  | 'money'
  | 'endsIdleAt'
  | 'relayEnd'
  | 'away'
  | 'late'
  | 'muted'
>;

const helps: Record<MicrophoneTrouble, Notes['help']> = {
  'system-muted': null,
  silent: 'choose',
  gone: 'choose',
  blocked: 'allow',
  stopped: null,
  replaced: 'choose',
};

export function notesOf(call: Told): Notes {
  const active = isActive(call.phase);
  const trouble = active && call.microphone ? call.microphoneTrouble : null;
  const level = call.money?.level ?? 'below';
  const { at, nearUsd } = active ? call.relayEnd : noRelayEnd;
  const relay = nearUsd !== null && call.money !== null && call.money.call >= nearUsd ? 'relay' : null;
  const blocked = active && call.transportReason === 'blocked';
  const spoken = call.microphone && !call.muted && !trouble;
  return {
    trouble,
    help: trouble && helps[trouble],
    // A microphone in trouble explains it better.
    heardNothing: active && call.heardNothing && call.turn !== 'held' && !trouble,
    secondBest: blocked && (call.transport === 'websocket' || call.transport === 'relay') ? call.transport : null,
    limit: active ? (level === 'below' ? relay : level) : null,
    relayEndsAt: at,
    endsIdleAt: active ? call.endsIdleAt : null,
    away: call.phase === 'reconnecting' && call.away ? { ...call.away, spoken } : null,
    late: active ? call.late : null,
  };
}
