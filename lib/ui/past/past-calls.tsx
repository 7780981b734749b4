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
  return opened ? (
    <PastCall key={opened.id} opened={opened} back={() => open(null)} leave={back} />
  ) : (
    <CallsList query={query} setQuery={setQuery} open={open} back={back} />
  );
}
