import type { Snapshot } from '../protocol/snapshot.ts';
import { answersOf } from './answers.ts';
import { moneyOf } from './money.ts';
import { turnOf, type CallState } from './state.ts';
import { linesOf } from './transcript.ts';

/** What views may see of a call. */
export function snapshotOf(state: CallState, bootId: string, seq: number): Snapshot {
  const lines = linesOf(state.transcript);
  return {
    seq,
    bootId,
    callId: state.earlier?.callId ?? state.callId,
    phase: state.phase,
    turn: turnOf(state),
    fault: state.fault,
    endReason: state.endReason,
    microphone: state.plan?.microphone ?? false,
    muted: state.muted,
    talkMode: state.plan?.talk.mode ?? 'hands-free',
    answers: state.plan ? answersOf(state.plan) : 'voice',
    microphoneName: state.microphoneName,
    microphoneTrouble: state.microphoneTrouble,
    heardNothing: state.heardNothing,
    startedAt: state.startedAt,
    liveAt: state.liveAt,
    endedAt: state.endedAt,
    provider: state.provider,
    transport: state.transport,
    transportReason: state.transportReason,
    model: state.model,
    lines: state.earlier ? [...state.earlier.lines, ...lines] : lines,
    earlierLines: state.earlier?.lines.length ?? 0,
    usage: state.usage,
    money: moneyOf(state),
    endsIdleAt: state.endsIdleAt,
    relayEnd: state.relayEnd,
    away: state.away,
    late: state.late,
    keepTrouble: state.keepTrouble,
    times: state.times,
  };
}
