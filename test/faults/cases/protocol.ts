/** The provider says what no provider should. */
import type { FaultCase } from '../case.ts';
import { hostileTools } from './protocol/tools.ts';

const events = 'unit/random/server-events.test.ts';
const order = 'unit/random/event-order.test.ts';
const errors = 'unit/session/errors.test.ts';

export const protocol: FaultCase[] = [
  {
    id: 'F56',
    quick: true,
    tests: [
      { file: events, names: 'however damaged, is an event of its type, another one, or none' },
      { file: events, names: 'is refused where it is' },
    ],
    saw: 'Nothing: it is ignored, and counted in the log.',
  },
  {
    id: 'F57',
    tests: [
      { file: events, names: 'of a type that is new, or has fields that are new, is no trouble' },
      { file: events, names: 'whose provider says anything at all shows and keeps nothing that is out of shape' },
    ],
    saw: 'Nothing: it is ignored.',
  },
  {
    id: 'F58',
    quick: true,
    tests: [{ file: order, names: 'the transcript is the same' }],
    saw: 'The transcript as it was said.',
  },
  {
    id: 'F60',
    tests: [
      { file: errors, names: 'is not even told' },
      { file: errors, names: 'is told, and the call goes on' },
      { file: errors, names: 'ends the call for a reason that nobody can mend in it' },
      { file: errors, names: 'session_expired is followed by another session' },
      { file: errors, names: 'leaves the call up' },
      { file: errors, names: 'the limits that a provider tells of are nobody’s news' },
    ],
    saw: 'A sentence where something must be known; the call goes on, but where its key or its credit is gone.',
  },
  ...hostileTools,
  {
    id: 'F63',
    shape: 'any arguments',
    tests: [
      { file: 'unit/random/tool-arguments.test.ts', names: 'the arguments of a tool' },
      {
        file: 'unit/tools/room.test.ts',
        names: 'takes a thousand calls at once: one runs, four wait, the rest are refused',
      },
      { file: 'unit/session/session.test.ts', names: 'is made once, however often it comes' },
    ],
    saw: 'A row that says what was wrong; the model is told, and answers',
  },
  {
    id: 'F64',
    tests: [
      { file: 'unit/coordinator/page/read.test.ts', names: 'a page that never answers' },
      { file: 'browser/page-refusals.test.ts', names: 'answers in time when it is too busy to' },
      {
        file: 'browser/page-refusals.test.ts',
        names: 'that is left for another site in mid-read is not mixed with it',
      },
      { file: 'browser/page-cancelling.test.ts', names: 'is left alone when the person stops the reading' },
    ],
    saw: '“The page did not answer in time.”',
  },
  {
    id: 'F65',
    tests: [
      { file: 'unit/session/stopping.test.ts', names: 'an answer that is stopped, after any event' },
      { file: 'unit/call/machine.test.ts', names: 'can be stopped before the answer begins' },
      { file: 'browser/interrupting.test.ts', names: 'a voice stops it here, though the provider does not notice' },
      {
        file: 'browser/websocket-call.test.ts',
        names: 'talking over the answer stops it, and it is cut where it was heard',
      },
      { file: 'browser/websocket-call.test.ts', names: 'the hand stops the answer' },
    ],
    saw: 'The voice stops, and the answer ends where it was heard.',
  },
  {
    id: 'F66',
    tests: [
      { file: 'unit/audio/play-queue.test.ts', names: 'holds five minutes of sound, and no flood beyond it' },
      { file: 'unit/audio/play-queue.test.ts', names: 'when it is cut' },
    ],
    saw: 'The answer, to its end or until it is stopped.',
  },
];
