/** What a page opens without, because it is seldom needed. */
import { useEffect } from 'preact/hooks';
import { createValue, useValue } from '../value.ts';

/** A hook that fetches `load`'s module as soon as it is needed; null until it is there. */
function later<T>(load: () => Promise<T>): (needed: boolean) => T | null {
  const fetched = createValue<T | null>(null);
  return (needed) => {
    useEffect(() => {
      if (needed) void load().then(fetched.set);
    }, [needed]);
    return useValue(fetched);
  };
}

export const useTools = later(() => import('../tool/index.ts'));
export const useDevices = later(() => import('../panel/unfolded.tsx'));
export const useCost = later(() => import('./cost.tsx'));
export const useCostDetails = later(() => import('../cost/cost-details.tsx'));
export const useDiagnostics = later(() => import('../diagnostics/diagnostics.ts'));
export const useNotes = later(() => import('./notes.tsx'));
export const useTimes = later(() => import('../times/times.tsx'));
export const useChip = later(() => import('../chip/page-chip.ts'));
export const useAnnouncer = later(() => import('../announce/announcer.tsx'));
export const usePastCalls = later(() => import('../past/past-calls.tsx'));
