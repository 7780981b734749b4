/** What the page chip says, and what one could begin with on that page. Fetched when a view is on the screen already. */
import type { PageSeen } from '../../protocol/messages.ts';
import type { Language } from './language.ts';

export interface ChipWords {
  language: Language;
  pageInView: string;
  /** In a title's place, where the browser tells none. */
  untitled: string;
  /** Stands beside the host. */
  reads: Record<PageSeen['reads'], string>;
  /** Of a page that may be read. */
  mayRead: string;
  /** Nothing said yet: what one could say. */
  empty: Record<'title' | 'titleWithoutPage' | 'hint', string>;
  /** `begin`: of a question whose end the person writes. */
  starters: { summary: string; selection: string; about: { label: string; begin: string } };
}
