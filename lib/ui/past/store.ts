/** What the browser keeps of past calls, as the list and a call need it. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { connectToCalls, StoreError, type StoreTrouble } from '../../storage/calls/connection.ts';
import { tellGoing } from '../../storage/calls/edit.ts';
import { listCalls, type CallList } from '../../storage/calls/read.ts';
import { roomOf, type Room } from '../../storage/calls/room.ts';
import { searchCalls, type Found } from '../../storage/calls/search.ts';
import { store } from '../store.ts';
import { useValue } from '../value.ts';

export const connection = connectToCalls();

export interface Kept extends CallList {
  room: Room;
}

export function troubleOf(error: unknown): StoreTrouble {
  return error instanceof StoreError ? error.trouble : 'unavailable';
}

/** Does something to the store; what went wrong is shown until the next time. */
export function useTrouble(): [StoreTrouble | null, (work: () => Promise<void>) => void] {
  const [trouble, setTrouble] = useState<StoreTrouble | null>(null);
  const attempt = useCallback((work: () => Promise<void>) => {
    setTrouble(null);
    work().catch((error: unknown) => setTrouble(troubleOf(error)));
  }, []);
  return [trouble, attempt];
}

/** What is said is written half a second later (recorder.ts). */
const writtenMs = 1000;

/**
 * The list as it is now, read again when a call begins or ends, and until the one that runs is in it; null until it is
 * there. What goes next counts as told.
 */
export function useKept(attempt: (work: () => Promise<void>) => void): [Kept | null, read: () => void] {
  const { phase, callId, lines } = useValue(store.snapshot);
  const [kept, setKept] = useState<Kept | null>(null);
  const read = useCallback(
    () =>
      attempt(async () => {
        const list = await listCalls(connection);
        const room = roomOf(list.calls);
        setKept({ ...list, room });
        const told = room.going.map(({ id }) => id);
        // Shown all the same where a newer Parley's store takes no changes.
        if (told.length > 0) await tellGoing(connection, told, Date.now()).catch(() => undefined);
      }),
    [],
  );
  useEffect(read, [phase]);
  const isListed = callId === null || kept?.calls.some(({ id }) => id === callId);
  useEffect(() => {
    if (isListed) return;
    const timer = setTimeout(read, writtenMs);
    return () => clearTimeout(timer);
  }, [isListed, lines.length]);
  return [kept, read];
}

/** A person types faster than all calls can be read. */
const pauseMs = 200;

/** What was found so far, and whether the search goes on; null without a query. */
export function useSearch(
  query: string,
  kept: Kept | null,
  attempt: (work: () => Promise<void>) => void,
): { found: Found[]; searching: boolean } | null {
  const [found, setFound] = useState<Found[]>([]);
  const [searching, setSearching] = useState(false);
  const isQuery = query.trim() !== '';
  useEffect(() => {
    setFound([]);
    setSearching(isQuery);
    if (!isQuery) return;
    const gone = new AbortController();
    const search = () =>
      attempt(async () => {
        const see = (each: Found) => setFound((before) => [...before, each]);
        try {
          await searchCalls(connection, query, see, gone.signal);
        } finally {
          if (!gone.signal.aborted) setSearching(false);
        }
      });
    const timer = setTimeout(search, pauseMs);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [query, kept]);
  return isQuery ? { found, searching } : null;
}
