/** What a benchmark says: a table for people and, with `--json`, one last line for programs. Shared by all of them. */
import { execFileSync } from 'node:child_process';

export type Target = { atMost: number } | { atLeast: number };

export interface Measured {
  id: string;
  /** Null: it could not be measured, which misses every target. */
  value: number | null;
  unit: string;
  /** The same measure of something to compare with. */
  peer?: number;
  target?: Target;
  /** What a reader should know about the figure, such as its spread. */
  note?: string;
}

export interface Row {
  id: string;
  value: number | null;
  unit: string;
  peer: number | null;
  /** value / peer */
  ratio: number | null;
  target: number | null;
  /** Null where there is no target. */
  met: boolean | null;
  note?: string;
}

export interface Report {
  name: string;
  commit: string;
  rows: Row[];
}

/** Three digits that mean something; whole numbers stay whole. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(3));
}

export function toRow({ id, value: exact, unit, peer, target, note }: Measured): Row {
  const value = exact === null || !Number.isFinite(exact) ? null : rounded(exact);
  const limit = target && ('atMost' in target ? target.atMost : target.atLeast);
  const holds = (found: number, wanted: Target): boolean =>
    'atMost' in wanted ? found <= wanted.atMost : found >= wanted.atLeast;
  return {
    id,
    value,
    unit,
    peer: peer ?? null,
    ratio: value !== null && peer ? rounded(value / peer) : null,
    target: limit ?? null,
    met: target ? value !== null && holds(value, target) : null,
    ...(note === undefined ? {} : { note }),
  };
}

/** One line a row; a missed target says by how much. */
export function tableLines(rows: readonly Row[]): string[] {
  const cells = rows.map((row) => [
    row.id,
    row.value === null ? 'not measured' : `${row.value} ${row.unit}`,
    row.peer === null ? '' : `${rounded(row.peer)} (×${row.ratio ?? '?'})`,
    row.target === null ? '' : `${rounded(row.target)} ${row.unit}`,
    verdict(row),
    row.note ?? '',
  ]);
  const heads = ['what', 'measured', 'peer', 'target', '', ''];
  const widths = heads.map((head, column) => Math.max(head.length, ...cells.map((line) => line[column]!.length)));
  return [heads, ...cells].map((line) =>
    line
      .map((cell, column) => (column === 1 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
}

function verdict({ value, unit, target, met }: Row): string {
  if (met === null) return '';
  if (met) return 'met';
  if (value === null || target === null) return 'MISSED';
  return `MISSED by ${rounded(Math.abs(value - target))} ${unit}`;
}

/** Prints the table; returns the exit code: 0 only when every target is met. */
export function report(name: string, measured: readonly Measured[], { json }: { json: boolean }): 0 | 1 {
  const rows = measured.map(toRow);
  for (const line of tableLines(rows)) console.log(line);
  const missed = rows.filter(({ met }) => met === false);
  console.log(missed.length === 0 ? 'Every target is met.' : `Targets missed: ${missed.length}.`);
  if (json) console.log(JSON.stringify({ name, commit: commitOf(), rows } satisfies Report));
  return missed.length === 0 ? 0 : 1;
}

/** With a `+` when files differ from it; empty outside of a repository. */
export function commitOf(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--abbrev=12', '--exclude=*', '--dirty=+'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
}
