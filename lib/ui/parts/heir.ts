/** Who has the focus after what had it is gone: never nobody, from where one begins at the top of the page. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** For a ref on what comes and goes: `heir`, a selector, gets the focus that was in it. */
export function useHeir<T extends HTMLElement>(heir = '.talk'): RefObject<T | null> {
  const box = useRef<T>(null);
  useLayoutEffect(() => {
    const element = box.current;
    return () => {
      if (element?.contains(document.activeElement)) document.querySelector<HTMLElement>(heir)?.focus();
    };
  }, []);
  return box;
}
