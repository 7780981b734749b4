/** What a press has opened comes into view, and no further than it must. */
import { useLayoutEffect, useRef } from 'preact/hooks';

export function useIntoView() {
  const opened = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => opened.current?.scrollIntoView({ block: 'nearest' }), []);
  return opened;
}
