import { atRest, type CallState, type Step } from './state.ts';
import { settle } from './transcript.ts';

/** The call is over, for whatever reason: nothing lives any more, and what was said stays to be seen. */
export function over(state: CallState, at: number, end: Partial<CallState>): Step {
  return {
    state: {
      ...state,
      ...end,
      endedAt: at,
      ...atRest,
      transcript: settle(state.transcript),
    },
    effects: [{ type: 'release' }, { type: 'finished' }],
  };
}
