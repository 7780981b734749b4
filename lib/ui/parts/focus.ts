/** Where the focus goes when what has it goes away: never back to the top of the page. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** The opener, for a ref: it has the focus again when what it opened closes. */
export function useOpener<T extends HTMLElement = HTMLButtonElement>(isOpen: boolean): RefObject<T | null> {
  const opener = useRef<T>(null);
  const wasOpen = useRef(false);
  useLayoutEffect(() => {
    if (wasOpen.current && !isOpen) opener.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  return opener;
}

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

/** A listener for `keydown`. What is innermost closes, and nothing around it. */
export function onEscape(close: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    close();
  };
}
