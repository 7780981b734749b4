import type { Thought, ThoughtPart } from '../mind/mind.ts';
import { mustCall, type ResponseSpec } from './response-spec.ts';

/**
 * The items a response will have: what came to mind, within what the client allows. `none` leaves calls out; `required`
 * and a named function insist on one, whatever the mind thought; without parallel calls only the first is made.
 */
export function responseParts(thought: Thought, spec: ResponseSpec): ThoughtPart[] {
  const all: ThoughtPart[] = [
    ...(thought.parts ?? []),
    ...(thought.say ? [{ say: thought.say }] : []),
    ...(thought.calls ?? []).map((call) => ({ call })),
  ];
  const wanted = mustCall(spec);
  const named = typeof spec.toolChoice === 'object';
  const allowed = all.filter((part) => {
    if ('say' in part) return part.say !== '';
    return spec.toolChoice !== 'none' && (!named || part.call.name === wanted);
  });
  const insisted =
    wanted === null || allowed.some((part) => 'call' in part)
      ? allowed
      : [...allowed.filter(isPreamble), { call: { name: wanted, arguments: '{}' } }];
  if (spec.parallelToolCalls) return insisted;
  const first = insisted.findIndex((part) => 'call' in part);
  return insisted.filter((part, index) => 'say' in part || index === first);
}

/** An answer makes no sense before a call that was insisted on; a preamble does. */
function isPreamble(part: ThoughtPart): boolean {
  return 'say' in part && part.phase === 'commentary';
}
