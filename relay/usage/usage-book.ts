import type { Who } from '../caps/who.ts';

/** What was used, to be added to what is written down for the same day, person, device and model. */
export interface UsageEntry {
  who: Pick<Who, 'person' | 'device'>;
  model: string;
  /** Secrets handed out, with which a browser calls the provider by itself, unseen. */
  grants?: number;
  calls?: number;
  ms?: number;
  /** Millionths of a dollar. */
  microUsd?: number;
  /** How much of that is the list price of time, because nothing better was seen. */
  unseenMicroUsd?: number;
}

/** A line of the owner's report. */
export interface UsageLine {
  person: string;
  grants: number;
  calls: number;
  ms: number;
  microUsd: number;
  unseenMicroUsd: number;
}

export interface UsageBook {
  record(entry: UsageEntry): Promise<void>;
  /** By person, for days that begin with `span`: `2026-11` or `2026-11-20`. */
  report(span: string): Promise<UsageLine[]>;
}
