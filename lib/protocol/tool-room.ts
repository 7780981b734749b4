/** Between the call, its tools and the coordinator: what each may ask of the next. */
import type { LookInView, PageInView, Pointed, TabsInView, ToolOutcome } from './messages.ts';
import type { Place } from './snapshot.ts';

/** The tools of one call, and what they have read in it. Nothing here ever rejects. */
export interface ToolRoom {
  /** Whatever happens is an outcome that the model can speak about; after an abort `interrupted`, at once: what comes later is dropped. */
  run(name: string, argumentsText: string, signal: AbortSignal): Promise<ToolOutcome>;
  /** The outline of the page in view, for the start of a call; null where nothing may be told of it. Does not count. */
  digest(signal: AbortSignal): Promise<ToolOutcome | null>;
  /** The person has said something: what may be read for one turn begins anew. */
  newTurn(): void;
}

/** What only the coordinator can do. */
export interface PagePowers {
  /** The tab in view, or another one that the person granted by a click. */
  read(tab?: number): Promise<PageInView>;
  point(place: Place, quote: string): Promise<Pointed>;
  look(): Promise<LookInView>;
  tabs(): Promise<TabsInView>;
}
