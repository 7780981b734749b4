/** Past calls in the side panel: the list, or one of them. Fetched by `parts/later` when they are first asked for. */
import { useState } from 'preact/hooks';
import { pastWords } from '../words/past-words.ts';
import { loadWords } from '../words/words.ts';
import { PastCall } from './call.tsx';
import { CallsList } from './list.tsx';

export { NotKept } from './not-kept.tsx';

await loadWords(pastWords);

/** Which call is open; `place`: of the line that was searched for. */
export interface Opened {
  id: string;
  place: number | null;
}

export function PastCalls({ back }: { back: () => void }) {
  const [opened, open] = useState<Opened | null>(null);
  // Of the search, so that the list is as it was left.
  const [query, setQuery] = useState('');
  // Of the call that was read, so that the focus is as it was left.
  const [left, setLeft] = useState<string | null>(null);
  const toList = () => {
    setLeft(opened?.id ?? null);
    open(null);
  };
  return opened ? (
    <PastCall key={opened.id} opened={opened} back={toList} leave={back} />
  ) : (
    <CallsList query={query} setQuery={setQuery} left={left} open={open} back={back} />
  );
}
