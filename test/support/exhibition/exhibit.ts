/** One state of one face, as plain data. */
import type { Fault } from '../../../lib/protocol/faults.ts';
import type { Intent, PageSeen, RelayReport, Sent } from '../../../lib/protocol/messages.ts';
import type { Settings } from '../../../lib/protocol/settings.ts';
import type { Level, Snapshot } from '../../../lib/protocol/snapshot.ts';
import type { StoredCall, StoredLine } from '../../../lib/storage/calls/shapes.ts';

export const faces = ['popup', 'sidepanel', 'options', 'welcome', 'microphone', 'pill'] as const;
export type Face = (typeof faces)[number];

export interface PastCall {
  call: StoredCall;
  lines: StoredLine[];
}

/** What opening the microphone comes to: a level (RMS, 0 to 1), the name of the browser's refusal, or a prompt that stays. */
export type Opens = number | 'NotAllowedError' | 'NotFoundError' | 'NotReadableError' | 'prompt';

export interface Exhibit {
  /** In words of a file's name: `hearing`, `fault-relay`. */
  name: string;
  face: Face;
  /** Over an idle one. */
  snapshot?: Partial<Snapshot>;
  level?: Level;
  /** Over the defaults, with a relay connected and English spoken. */
  settings?: Partial<Omit<Settings, 'version'>>;
  /** Default: the person has agreed. */
  agreed?: boolean;
  pastCalls?: PastCall[];
  /** What an intent is answered with in place of the snapshot; the page in view may be read, where nothing else is said. */
  answers?: { [T in Intent['type']]?: PageSeen | RelayReport | Sent | { fault: Fault } };
  /** Nobody answers. */
  silent?: boolean;
  /** Default: granted, and a quiet room. */
  microphone?: { permission: PermissionState; opens: Opens };
  /** What follows the page's address: a query, a fragment. */
  address?: string;
  /** In this order, each as soon as its element is there: pressed, or written into. By selector. */
  does?: ({ press: string } | { into: string; write: string })[];
  /** Selectors that must be there when it is looked at; what is fetched later is waited for by them. */
  shows?: string[];
  /** The picture ends where this ends. Default: everything. */
  crop?: string;
}
