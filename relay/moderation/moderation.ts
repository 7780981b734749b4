/**
 * An owner's moderation of what is said in calls. It is asked beside the call, which never waits for it, and it fails
 * open: what could not be looked at passes, and is counted. Nothing is kept.
 */
import type { Who } from '../caps/who.ts';
import { errorFields, type Log, type LogFields } from '../log/log.ts';
import { Refusal } from '../refusal.ts';
import type { AskFor } from '../upstream/ask.ts';
import type { AskHook } from './hook.ts';
import type { EventText } from '../usage/event.ts';
import { isSilenced, readSaid, type Said } from './said.ts';

/** What became of a text. `unseen`: the server did not answer, or it was not heard. */
export type Outcome = 'passed' | 'flagged' | 'unseen';

export interface ModerationOptions {
  ask: AskHook;
  /** Stands for a person, as for the provider. */
  safetyIdentifier(person: string): Promise<string>;
  log: Log;
  count(outcome: Outcome, texts: number): void;
}

type By = Said['by'] | 'wish';
interface Piece<Whoever = By> {
  by: Whoever;
  text: string;
}
type Whose = Pick<Who, 'device' | 'person'>;

/** One call's. */
export interface Listener {
  /** An event of the provider, as it came. */
  heard(text: EventText): void;
  /** What is said now does not come here. */
  unheard(): void;
  /** What is on its way is given up. */
  close(): void;
}

const longestPiece = 8000;
/** Pieces of one call that are asked about at once, and that may wait while they are: only a flood is more. */
const mostAtOnce = 8;
const mostWaiting = 256;

const callWords =
  'The moderation of this relay stopped the call for what was said in it. Ask the relay’s owner if that is a mistake.';
const floodWords = 'This relay moderates calls, and more was written than it can look at. Start the call again.';
const silencedWords =
  'This relay moderates calls, and this program switched off the text of what you say. Use Parley as it is.';
const wishWords =
  'The moderation of this relay does not allow these instructions. Change them, or ask the relay’s owner.';

export class Moderation {
  readonly #options: ModerationOptions;

  constructor(options: ModerationOptions) {
    this.#options = options;
  }

  /** Looks at what is said in one call: one question at a time, with all that was said meanwhile in the next. */
  listen(who: Whose, onFlagged: (why: Refusal) => void): Listener {
    const over = new AbortController();
    const waiting: Said[] = [];
    let asking = false;
    const askOn = async (): Promise<void> => {
      if (asking) return;
      asking = true;
      while (waiting.length > 0 && !over.signal.aborted) {
        if (await this.#isFlagged(waiting.splice(0, mostAtOnce), who, over.signal)) stop(callWords);
      }
      asking = false;
    };
    const stop = (words: string): void => {
      over.abort();
      onFlagged(new Refusal('moderated', words));
    };
    return {
      heard: (text) => {
        if (over.signal.aborted) return;
        if (isSilenced(text)) {
          this.#tell(who, 'not-written', saidBy.nobody);
          return stop(silencedWords);
        }
        const said = readSaid(text);
        if (said === null) return;
        const pieces = piecesOf(said);
        if (waiting.length + pieces.length > mostWaiting) {
          this.#tell(who, 'too-much', saidBy.flood);
          return stop(floodWords);
        }
        waiting.push(...pieces);
        void askOn();
      },
      unheard: () => this.#passUnseen(1, who, 'not-heard'),
      close: () => over.abort(),
    };
  }

  /** Of the person's own instructions, before a session begins. Throws `invalid_request`. */
  async checkWish(text: string | undefined, who: Whose, signal?: AbortSignal): Promise<void> {
    const pieces = piecesOf<By>({ by: 'wish', text: text ?? '' });
    if (pieces.length === 0 || !(await this.#isFlagged(pieces, who, signal))) return;
    throw new Refusal('invalid_request', wishWords, { param: 'instructions', reason: 'moderated' });
  }

  async #isFlagged(pieces: Piece[], who: Whose, signal: AbortSignal | undefined): Promise<boolean> {
    const { ask, safetyIdentifier, count } = this.#options;
    try {
      const safety: AskFor = { safetyIdentifier: await safetyIdentifier(who.person) };
      const texts = pieces.map(({ text }) => text);
      const verdicts = await ask(texts, signal === undefined ? safety : { ...safety, signal });
      const flagged = verdicts.findIndex((verdict) => verdict !== null);
      const bad = verdicts.filter((verdict) => verdict !== null).length;
      if (bad > 0) count('flagged', bad);
      if (bad < verdicts.length) count('passed', verdicts.length - bad);
      if (flagged === -1) return false;
      this.#tell(who, verdicts[flagged]?.join(' ') || 'unnamed', saidBy[pieces[flagged]!.by]);
      return true;
    } catch (error) {
      if (!signal?.aborted) this.#passUnseen(pieces.length, who, error);
      return false;
    }
  }

  #tell({ device, person }: Whose, reason: string, message: string): void {
    this.#options.log.warn('moderation', { device, person, code: 'moderated', reason, message });
  }

  #passUnseen(texts: number, { device, person }: Whose, why: unknown): void {
    this.#options.count('unseen', texts);
    this.#options.log.warn('moderation', { device, person, message: 'Not looked at.', ...fieldsOf(why) });
  }
}

const saidBy = {
  person: 'Flagged: what the person said.',
  model: 'Flagged: what the model said.',
  wish: 'Flagged: the person’s own instructions.',
  flood: 'More was said than can be looked at.',
  nobody: 'The client switched off what its person says in words.',
} satisfies Record<By | 'flood' | 'nobody', string>;

function fieldsOf(why: unknown): LogFields {
  if (typeof why === 'string') return { code: why };
  if (!(why instanceof Refusal)) return errorFields(why);
  const { upstreamStatus } = why.extras;
  return { code: why.code, ...(upstreamStatus === undefined ? {} : { upstreamStatus }) };
}

function piecesOf<Whoever extends By>({ by, text }: Piece<Whoever>): Piece<Whoever>[] {
  const all = text.trim();
  const pieces: Piece<Whoever>[] = [];
  for (let at = 0; at < all.length; at += longestPiece) pieces.push({ by, text: all.slice(at, at + longestPiece) });
  return pieces;
}
