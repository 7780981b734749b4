/** The rows of tools, and their words: fetched by `parts/tools` when the first one is to be shown. */
import { toolWords } from '../words/tool-words.ts';
import { loadWords } from '../words/words.ts';

export { ClickNeeded } from './click.tsx';
export { PageRefused } from './page.tsx';
export { ToolRow } from './row.tsx';

await loadWords(toolWords);
