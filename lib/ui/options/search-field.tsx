/** Looks for settings; says how many there are. */
import { pageWords } from '../words/page-words.ts';

interface SearchFieldProps {
  query: string;
  count: number;
  search: (query: string) => void;
}

export function SearchField({ query, count, search }: SearchFieldProps) {
  const { options: words, language } = pageWords.use();
  const found = count === 0 ? words.notFound(query.trim()) : words.found(count.toLocaleString(language));
  return (
    <div class="field" role="search">
      <input
        type="search"
        value={query}
        placeholder={words.search}
        aria-label={words.search}
        autocomplete="off"
        dir="auto"
        onInput={(event) => search(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && search('')}
      />
      <p class="help" role="status">
        {query.trim() && found}
      </p>
    </div>
  );
}
