/** Which of a call's events show that somebody is there (`idle.ts`). Pure. */
import type { CallEvent } from './events.ts';
import { idleAfter, type Idle, type Sign } from './idle.ts';
import type { Facts } from './state.ts';

/** After each event, with the facts that it led to. `at`: milliseconds of a clock that is never set. */
export function idleOn(idle: Idle, event: CallEvent, facts: Facts, at: number): Idle {
  const known = idleAfter(idle, signOf(event), at);
  const busy = facts.playing || facts.responding || facts.tools.length > 0;
  return idleAfter(known, busy ? 'busy' : 'at-rest', at);
}

/** Only what a person does on purpose, and words that somebody could make out. Speech by itself may be a television. */
export function signOf(event: CallEvent): Sign {
  switch (event.type) {
    case 'start':
    case 'say':
    case 'mute':
    case 'stop-answer':
    case 'talk-begin':
    case 'talk-end':
    case 'adjust':
    case 'permission':
    case 'go-on':
      return 'person';
    case 'news':
      return event.news.type === 'person-text' && /[\p{L}\p{N}]/u.test(event.news.text) ? 'person' : 'noise';
    default:
      return 'noise';
  }
}
