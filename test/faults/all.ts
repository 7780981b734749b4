/** Every case there is: the arrays of `cases`, in the order of their ids. */
import { readdir } from 'node:fs/promises';
import type { FaultCase } from './case.ts';
import { faultIds, type FaultId } from './ids.ts';

export async function allCases(): Promise<FaultCase[]> {
  const folder = new URL('cases/', import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
  const modules = await Promise.all(files.map((name) => import(new URL(name, folder).href)));
  const cases = modules.flatMap((each: Record<string, unknown>) => Object.values(each).filter(Array.isArray).flat());
  return (cases as FaultCase[]).toSorted((a, b) => a.id.localeCompare(b.id));
}

/** Rows that nobody has written anything for. */
export function missing(cases: readonly FaultCase[]): FaultId[] {
  const there = new Set(cases.map(({ id }) => id));
  return (Object.keys(faultIds) as FaultId[]).filter((id) => !there.has(id));
}

/** As people and programs name it. */
export function nameOf({ id, shape }: Pick<FaultCase, 'id' | 'shape'>): string {
  return shape ? `${id} ${shape}` : id;
}
