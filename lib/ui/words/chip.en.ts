import type { ChipWords } from './chip.ts';

export const words: ChipWords = {
  language: 'en',
  pageInView: 'Page in view',
  untitled: 'The page in front of you',
  reads: {
    yes: 'can be read',
    'after-click': 'needs your click first',
    'ask-first': 'you are asked first',
    never: 'is never read',
    cannot: 'cannot be read',
  },
  mayRead: 'During a call Parley may read this page. Where it shows a password field, you are asked first.',
  empty: {
    title: 'Ask about the page you are on',
    titleWithoutPage: 'Ask something',
    hint: 'Talk, write, or begin here.',
  },
  starters: {
    summary: 'Summarise this page',
    selection: 'Explain the selected text',
    about: { label: 'What does it say about…', begin: 'What does this page say about' },
  },
};
