/** An organisation's own names and terms: what they mean, and how they are written. */

export interface Term {
  term: string;
  /** Undefined: it is only written so. */
  meaning: string | undefined;
}

export const glossaryBounds = { characters: 4000, terms: 100, term: 64 };

/** `Parley=our browser assistant; Zbyszek; QBR=quarterly business review`, also line by line. Null: it is not such a list. */
export function readGlossary(text: string): Term[] | null {
  const entries = text.split(/[;\n]/).map((entry) => entry.trim());
  const terms = entries
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [, term = '', meaning = ''] = /^([^=]*)=?(.*)$/s.exec(entry)!;
      return { term: term.trim(), meaning: meaning.trim() || undefined };
    });
  const { characters, terms: most, term: longest } = glossaryBounds;
  const fits = text.length <= characters && terms.length <= most;
  return fits && terms.every(({ term }) => term !== '' && term.length <= longest) ? terms : null;
}

/** For the model, as markdown. */
export function glossarySection(glossary: readonly Term[]): string {
  const lines = glossary.map(({ term, meaning }) => (meaning === undefined ? `- ${term}` : `- ${term}: ${meaning}`));
  return `# Names and terms of the organisation\nPeople say these. A word that sounds like one of them is most likely meant so. Write them as here.\n${lines.join('\n')}`;
}
