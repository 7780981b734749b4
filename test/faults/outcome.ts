/** What came of a case, as figures for the table and as a row to read. */
import type { Measured } from '../bench/table.ts';
import { percentile } from '../bench/statistics.ts';
import { nameOf } from './all.ts';
import type { FaultCase, PlayedCase, Targets } from './case.ts';
import { faultIds } from './ids.ts';
import type { PeerPlayed } from './peers/play.ts';
import type { Run } from './play.ts';

export interface Outcome {
  id: string;
  name: string;
  what: string;
  saw: string;
  detected: Spread | null;
  recovered: Spread | null;
  missing: Spread | null;
  peer: PeerOutcome | null;
  /** How it was played: how many runs, or that tests play it, or why it was not. */
  how: string;
  /** What did not hold; empty: all did. */
  broken: string[];
  isPlayed: boolean;
  targets: Targets;
}

/** Of the Agents SDK. Null: not in every run. */
export interface PeerOutcome {
  told: Spread | null;
  recovered: Spread | null;
}

/** Milliseconds. */
export interface Spread {
  p50: number;
  p95: number;
}

export function outcomeOfRuns(one: PlayedCase, runs: readonly Run[]): Outcome {
  const values = (key: keyof Targets) => spread(runs.flatMap(({ played }) => played?.[key] ?? []));
  return {
    ...common(one),
    saw: [...new Set(runs.flatMap(({ played }) => played?.saw ?? []))].join('; or: '),
    detected: values('detectedMs'),
    recovered: values('recoveredMs'),
    missing: values('missingMs'),
    peer: peerOf(runs.flatMap(({ peer }) => peer ?? [])),
    how: `played ${runs.length} ×`,
    broken: [...new Set(runs.flatMap(({ broken }) => broken))],
    isPlayed: true,
    targets: one.targets ?? {},
  };
}

export function outcomeOfTests(one: FaultCase & { saw: string }, tests: number, broken: string[]): Outcome {
  const how = tests === 1 ? 'a test' : `${tests} tests`;
  return { ...common(one), saw: one.saw, how, broken, isPlayed: true, targets: {} };
}

export function notPlayed(one: FaultCase, why: string): Outcome {
  return { ...common(one), saw: '', how: `not played: ${why}`, broken: [], isPlayed: false, targets: {} };
}

function common(one: FaultCase) {
  const name = nameOf(one);
  const what = one.shape ? `${faultIds[one.id]}: ${one.shape}` : faultIds[one.id];
  return { id: one.id, name, what, detected: null, recovered: null, missing: null, peer: null };
}

function peerOf(runs: readonly PeerPlayed[]): PeerOutcome | null {
  const ofAll = (values: (number | null)[]) => (values.includes(null) ? null : spread(values as number[]));
  if (runs.length === 0) return null;
  return {
    told: ofAll(runs.map(({ toldMs }) => toldMs)),
    recovered: ofAll(runs.map(({ recoveredMs }) => recoveredMs)),
  };
}

function spread(values: readonly number[]): Spread | null {
  return values.length === 0 ? null : { p50: percentile(values, 0.5), p95: percentile(values, 0.95) };
}

/** For the table of every bench. */
export function measuredOf({
  name,
  detected,
  recovered,
  missing,
  peer,
  how,
  broken,
  isPlayed,
  targets,
  saw,
}: Outcome): Measured[] {
  if (!isPlayed) return [{ id: name, value: null, unit: '', note: how }];
  const of = (what: string, found: Spread | null, atMost: number | undefined, other?: Spread | null): Measured[] =>
    found === null && atMost === undefined
      ? []
      : [
          {
            id: `${name} ${what}_p95`,
            value: found?.p95 ?? null,
            unit: 'ms',
            ...(atMost === undefined ? {} : { target: { atMost } }),
            ...(other ? { peer: other.p95 } : {}),
            ...(found ? { note: `p50 ${Math.round(found.p50)}${other === null ? '; the peer: never' : ''}` } : {}),
          },
        ];
  return [
    { id: name, value: broken.length, unit: 'broken', target: { atMost: 0 }, note: broken[0] ?? `${how}; ${saw}` },
    ...of('detected', detected, targets.detectedMs, peer?.told),
    ...of('recovered', recovered, targets.recoveredMs, peer?.recovered),
    ...of('missing', missing, targets.missingMs),
  ];
}

/** All of it, for people who decide whether to trust it. */
export function markdownOf(outcomes: readonly Outcome[]): string {
  const heads = ['id', 'fault', 'what the person sees', 'noticed', 'back', 'Agents SDK: told; back', 'how'];
  const rows = outcomes.map(({ name, what, saw, detected, recovered, peer, how, broken }) => {
    const held = broken.length === 0 ? how : `**did not hold:** ${broken.join('; ')}`;
    const other = peer ? `${seconds(peer.told) || 'never'}; ${seconds(peer.recovered) || 'never'}` : '';
    return [name.split(' ')[0]!, what, saw, seconds(detected), seconds(recovered), other, held];
  });
  return `Times are seconds, p50 / p95.\n\n${tableOf(heads, rows)}`;
}

/** What people ask first: the line, the network, sleep, the hour, the end of a part of it. */
const first = new Set('F01 F05 F06 F17 F40 F41 F42 F46 F47 F48 F49 F50 F55 F61 F62 F75'.split(' '));

export function summaryOf(outcomes: readonly Outcome[]): string {
  const heads = ['fault', 'noticed', 'back', 'to reach', 'Agents SDK: told', 'back'];
  const rows = outcomes
    .filter(({ id, what }) => first.has(id) && !what.includes('microphone light'))
    .map(({ what, detected, recovered, targets, peer, broken }) => [
      `${what}${broken.length > 0 ? ' (**did not hold**)' : ''}`,
      seconds(detected),
      seconds(recovered),
      Object.values(targets)
        .map((ms) => s(ms as number))
        .join(', '),
      peer ? seconds(peer.told) || 'never' : '',
      peer ? seconds(peer.recovered) || 'never' : '',
    ]);
  return tableOf(heads, rows);
}

function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

function seconds(found: Spread | null): string {
  return found ? `${s(found.p50)} / ${s(found.p95)}` : '';
}

function s(ms: number): string {
  return (ms / 1000).toFixed(1);
}
