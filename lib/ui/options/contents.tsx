/** The sections in view, beside the page where there is room. */
import { pageWords } from '../words/page-words.ts';
import type { FoundSection } from './use-found.ts';

export function Contents({ sections }: { sections: readonly FoundSection[] }) {
  const words = pageWords.use().options;
  return (
    <nav class="contents" aria-label={words.contents}>
      <ol>
        {sections.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
