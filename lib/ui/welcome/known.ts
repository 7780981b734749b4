/** What the welcome page goes by: consent, connection, permission, first answer; each followed while the page is open. */
import { useEffect, useState } from 'preact/hooks';
import { readConsent, watchConsent } from '../../storage/consent.ts';
import { permissionState } from '../microphone/capture.ts';
import { hasRelay } from '../popup/begin.ts';
import { followSettings, settings } from '../settings.ts';
import { store } from '../store.ts';
import { createValue, useValue } from '../value.ts';
import { isAnswered, type Done } from './course.ts';

/** Unix milliseconds; null: not agreed. */
export const consent = createValue<number | null>(null);

export interface Opening {
  done: Done;
  /** Unix milliseconds. */
  at: number;
}

/** Resolves when all of it is known, but for a call: whether Parley answers is shown when it is needed. Call once. */
export async function openKnown(): Promise<Opening> {
  watchConsent((consentedAt) => consent.set(consentedAt));
  void store.connect();
  const [consentedAt, now, microphone] = await Promise.all([readConsent(), followSettings(), permissionState()]);
  consent.set(consentedAt);
  const done = { relay: hasRelay(now), microphone: microphone.state === 'granted', talk: false };
  return { done, at: Date.now() };
}

export function useDone({ done, at }: Opening): Done {
  const [microphone, setMicrophone] = useState(done.microphone);
  useEffect(() => {
    const gone = new AbortController();
    const follow = async () => {
      const status = await permissionState();
      const show = () => setMicrophone(status.state === 'granted');
      show();
      status.addEventListener('change', show, { signal: gone.signal });
    };
    void follow();
    return () => gone.abort();
  }, []);
  const { lines } = useValue(store.snapshot);
  return { relay: hasRelay(useValue(settings)), microphone, talk: isAnswered(lines, at) };
}
