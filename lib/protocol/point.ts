/** What passes between the coordinator and the script that points at words on a page. Types only. */

/** A script of the extension takes no arguments: what it is to do lies in its world of the page. */
export interface PointWorld {
  parleyWish?: PointWish | undefined;
  /** What the page shows now. */
  parleyMark?: { documentId: string; unmark: () => void } | undefined;
}

export interface PointWish {
  quote: string;
  /** Where it is meant to be. The browser may hand a wish for a document that was left to the one that followed it. */
  documentId: string;
  /** Unix milliseconds; later nobody waits for it, and a page that was busy must not jump. */
  until: number;
}

/** JSON only: this value crosses from the page to the worker. */
export interface PointResult {
  /** The matched words, at most `longestFound` characters, on one line. */
  text: string;
  exact: boolean;
  /** Some of it is in a frame, which has style sheets of its own. */
  framed: boolean;
}

/** In UTF-16 units. What is found may be longer than what was asked for. */
export const longestFound = 1200;
