/** The page in view: its chip, and what one could ask on it. Fetched by `parts/later` once the view itself is drawn. */
import { chipWords } from '../words/chip-words.ts';
import { loadWords } from '../words/words.ts';

export { PageChip } from './chip.tsx';
export { Starters } from './starters.tsx';

await loadWords(chipWords);
