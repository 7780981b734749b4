/** All that there is to see. */
import { everyFault, faults, notes, pages, panels, states, ways } from './calls.ts';
import type { Exhibit } from './exhibit.ts';
import { microphone, options, pills, welcome } from './sheets.ts';

/** Each face in each state: what a person can come to see. */
export const exhibits: readonly Exhibit[] = [
  ...states,
  ...notes,
  ...faults,
  ...panels,
  ...pages,
  ...ways,
  ...welcome,
  ...microphone,
  ...options,
  ...pills,
];

/** The same, and every fault there is. */
export const everyExhibit: readonly Exhibit[] = [...exhibits, ...everyFault];
