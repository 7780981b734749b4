/** Copies text, and knows for a moment that it did. */
import { useEffect, useState } from 'preact/hooks';

const shownMs = 2000;

/** What the browser refuses is not said to be copied. */
export function useCopied(): [copied: boolean, copy: (text: () => Promise<string>) => void] {
  const [count, setCount] = useState(0);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (count === 0) return;
    setCopied(true);
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [count]);
  const copy = (text: () => Promise<string>) =>
    void text()
      .then((written) => navigator.clipboard.writeText(written))
      .then(
        () => setCount((now) => now + 1),
        () => undefined,
      );
  return [copied, copy];
}
