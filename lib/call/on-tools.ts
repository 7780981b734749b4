/** What tools bring, to the model and to the transcript. Part of the machine, and as pure. */
import type { ToolOutcome } from '../protocol/messages.ts';
import { isActive, hasLine, type ToolLine } from '../protocol/snapshot.ts';
import type { CallEvent } from './events.ts';
import { stay, type CallState, type Step } from './state.ts';
import { addLine, changeTool } from './transcript.ts';

/** The tool whose result a call may begin with. */
export const briefing = 'page_outline';

export function toolDone(state: CallState, event: Extract<CallEvent, { type: 'tool-done' }>): Step {
  if (!isActive(state.phase) || !state.facts.tools.includes(event.callId)) return stay(state);
  const { outcome } = event;
  const tools = state.facts.tools.filter((callId) => callId !== event.callId);
  // Whether a quiet one leads to more is for the session to say.
  const leadsOn = !outcome.last && !outcome.quiet;
  const awaiting = leadsOn ? !state.facts.unwanted : state.facts.awaiting;
  return {
    state: {
      ...state,
      facts: { ...state.facts, tools, awaiting },
      transcript: changeTool(state.transcript, event.itemId, resultOf(outcome, event.ms)),
    },
    effects: [{ type: 'answer-tool', callId: event.callId, outcome }],
  };
}

/** The line may not be open yet: then it goes out before anything else. */
export function briefed(state: CallState, event: Extract<CallEvent, { type: 'briefed' }>): Step {
  if (!isActive(state.phase)) return stay(state);
  const { itemId, at, outcome, ms } = event;
  const line: ToolLine = { kind: 'tool', id: itemId, at, name: briefing, arguments: '{}', state: 'running' };
  const transcript = changeTool(addLine(state.transcript, line), itemId, resultOf(outcome, ms));
  const brief = { itemId, output: outcome.output };
  if (state.liveAt === null) return stay({ ...state, transcript, unsentBrief: brief });
  return { state: { ...state, transcript }, effects: [{ type: 'send-brief', ...brief }] };
}

export function goOn(state: CallState): Step {
  if (!hasLine(state.phase) || state.ending !== null) return stay(state);
  const facts = { ...state.facts, awaiting: true, unwanted: false };
  return { state: { ...state, facts }, effects: [{ type: 'try-again' }] };
}

function resultOf({ fault, source, grantOrigin, askOrigin, quote }: ToolOutcome, ms: number): Partial<ToolLine> {
  return {
    state: fault ? 'failed' : 'done',
    ms,
    ...(fault ? { fault } : {}),
    ...(source ? { source } : {}),
    ...(grantOrigin ? { grantOrigin } : {}),
    ...(askOrigin ? { askOrigin } : {}),
    ...(quote ? { quote } : {}),
  };
}
