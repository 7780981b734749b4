/** That the open call is not kept for later, why, and what to do. */
import type { KeepTrouble } from '../../protocol/snapshot.ts';
import { pastWords } from '../words/past-words.ts';

export function NotKept({ trouble }: { trouble: KeepTrouble }) {
  return <p class="hint">{pastWords.use().notKept[trouble]}</p>;
}
