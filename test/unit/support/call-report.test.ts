import { describe, expect, it } from 'vitest';
import { idleSnapshot, type Line, type Snapshot } from '../../../lib/protocol/snapshot.ts';
import { isAnswered, Narrator } from '../../start/narrator.ts';
import { makeReport } from '../../start/report.ts';

const person: Line = { kind: 'person', id: 'p', at: 0, text: 'How much is it?', state: 'final', typed: false };
const tool: Line = {
  kind: 'tool',
  id: 't',
  at: 0,
  name: 'read_page',
  arguments: '{"part":"all"}',
  state: 'done',
  ms: 12,
};
const answer: Line = { kind: 'assistant', id: 'a', at: 0, text: 'Twelve euros.', state: 'final' };
const pointed: Line = { ...tool, id: 'q', name: 'point_at' };
const pointing: Line = { ...pointed, state: 'running' };
const live = (turn: Snapshot['turn'], ...lines: Line[]): Snapshot => ({ ...idleSnapshot, phase: 'live', turn, lines });

describe('is the question answered', () => {
  it.each([
    ['not before anything was asked', live('listening'), false],
    ['not while the page is read', live('reading', person, tool), false],
    ['not when only the page was read', live('listening', person, tool), false],
    ['not while the answer is still heard', live('speaking', person, tool, answer), false],
    ['yes, when the answer has been heard', live('listening', person, tool, answer), true],
    ['yes, when the passage was pointed at beside the words', live('listening', person, tool, answer, pointed), true],
    ['not while the words are still looked for', live('listening', person, answer, pointing), false],
    ['not by the answer to the question before', live('listening', answer, person), false],
  ])('%s', (_name, snapshot, expected) => {
    expect(isAnswered(snapshot)).toBe(expected);
  });
});

describe('the report of a call', () => {
  it('has what was understood, done, answered and heard, and how long it took', () => {
    const report = makeReport({
      pressedAt: 1000,
      last: { ...live('listening', person, tool, answer), liveAt: 1400 },
      states: [{ state: 'live', atMs: 400 }],
      questionEndedAt: 6000,
      firstSoundAt: 6800,
      heard: ' twelve euros ',
      errors: [],
    });
    expect(report).toEqual({
      question: 'How much is it?',
      tools: [{ name: 'read_page', arguments: { part: 'all' }, ms: 12 }],
      answer: 'Twelve euros.',
      heard: 'twelve euros',
      states: [{ state: 'live', atMs: 400 }],
      timings: { readyMs: 400, turnMs: 800 },
      errors: [],
    });
  });

  it('names the fault of a call that failed, and has no timings', () => {
    const last: Snapshot = { ...idleSnapshot, phase: 'failed', fault: { code: 'relay-unreachable' } };
    const facts = {
      pressedAt: 1,
      states: [],
      questionEndedAt: null,
      firstSoundAt: null,
      heard: '',
      errors: ['no answer'],
    };
    const report = makeReport({ ...facts, last });
    expect(report.errors).toEqual(['relay-unreachable', 'no answer']);
    expect(report.timings).toEqual({ readyMs: null, turnMs: null });
  });
});

describe('telling a call', () => {
  it('tells each change of state and each finished line once, with the time', () => {
    const said: string[] = [];
    const narrator = new Narrator(1000, (line) => said.push(line));
    narrator.see({ at: 1000, snapshot: { ...idleSnapshot, phase: 'connecting' } });
    narrator.see({ at: 1500, snapshot: live('listening') });
    narrator.see({ at: 2000, snapshot: live('thinking', person) });
    narrator.see({ at: 2100, snapshot: live('thinking', person) });
    expect(said.map((line) => line.trim())).toEqual([
      '0.00 s  connecting',
      '0.50 s  live',
      '0.50 s  listening',
      '1.00 s  thinking',
      '1.00 s      person [final]: How much is it?',
    ]);
    expect(narrator.states.at(-1)).toEqual({ state: 'thinking', atMs: 1000 });
  });
});
