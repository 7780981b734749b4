/** The rows of tools, which a page opens without: most of their weight is sentences that are seldom needed. */
import { useEffect } from 'preact/hooks';
import { createValue, useValue } from '../value.ts';

type Tools = typeof import('../tool/index.ts');

const fetched = createValue<Tools | null>(null);

/** Fetches them as soon as they are needed; null until they are there. */
export function useTools(needed: boolean): Tools | null {
  useEffect(() => {
    if (needed) void import('../tool/index.ts').then(fetched.set);
  }, [needed]);
  return useValue(fetched);
}
