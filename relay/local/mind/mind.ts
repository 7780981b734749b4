import type { Tool } from '../session/session-schema.ts';
import type { Entry } from '../session/items.ts';
import { answerFromPage, quoteFromPage, titleOf, type Answer } from './answer.ts';
import { attend, type Attention, type Returned } from './attention.ts';
import { intentOf, wantedOf, type Intent } from './intent.ts';
import { questionOf, type Question } from './question.ts';
import { searchWords } from './terms.ts';
import type { ToolOutput } from './tool-output.ts';
import { phrases, type Phrases } from './words.ts';

/** One item of a response: something said (a preamble is `commentary`), or a function called with JSON text. */
export type ThoughtPart =
  | { say: string; phase?: 'commentary' | 'final_answer' }
  | { call: { name: string; arguments: string } };

/** What to say and which functions to call. All empty: nothing comes to mind. */
export interface Thought {
  say?: string;
  /** `arguments` is JSON text. */
  calls?: { name: string; arguments: string }[];
  /** Items in any order, each an item of the response; they come before `say` and `calls`. */
  parts?: ThoughtPart[];
}

export interface MindInput {
  /** The conversation, oldest first. */
  entries: readonly Entry[];
  instructions: string;
  tools: readonly Pick<Tool, 'name'>[];
  /** A function that has to be called, when the client insists. */
  mustCall: string | null;
  /** The person's language, BCP 47. */
  language: string;
  /** The clock of `Entry.at`, in ms. */
  now: number;
}

export interface Mind {
  /** Throws a {@link MindFailure} to have the response fail in a certain way. */
  think(input: MindInput): Thought | Promise<Thought>;
  /** A mind that remembers what it did gives every session one of its own. */
  open?(): Mind;
}

/** Why a response fails, as its `status_details.error` says it. */
export class MindFailure extends Error {
  readonly code: string | null;
  readonly type: string;

  constructor({ code, message, type }: { code: string | null; message?: string; type?: string }) {
    super(message ?? 'The response failed because it was asked to.');
    this.code = code;
    this.type = type ?? code ?? 'server_error';
  }
}

const READ_PAGE = 'read_page';
const READ_SELECTION = 'read_selection';
const SEARCH_PAGE = 'search_page';
const POINT_AT = 'point_at';

/**
 * A modest mind: it greets, says what it is, and answers questions about the page by calling the client's reading tools
 * and quoting what they return. It never does what a page's text says, because it never reads that text as anything but
 * words to quote.
 */
export function createMind(): Mind {
  return { think: (input) => new Thinking(input).think() };
}

/** One response. */
class Thinking {
  readonly #input: MindInput;
  readonly #words: Phrases;
  readonly #attention: Attention;
  readonly #question: Question | null;

  constructor(input: MindInput) {
    this.#input = input;
    this.#words = phrases(input.language);
    this.#attention = attend(input.entries, input.now);
    this.#question = questionOf(this.#attention.entries);
  }

  think(): Thought {
    const words = this.#words;
    const question = this.#question;
    if (this.#attention.silent) return {};
    if (this.#attention.returned.length > 0) return this.#goOn(this.#attention.returned);
    if (this.#input.mustCall) return call(this.#input.mustCall);
    if (!question) return { say: words.greeting };
    if (question.fault === 'language_unsupported') return { say: words.englishOnly };
    if (question.fault === 'phrase_unknown') return { say: words.fewPhrases };
    if (!question.text) return { say: words.notHeard };
    return this.#react(intentOf(question.text), question.text);
  }

  #react(intent: Intent, question: string): Thought {
    const words = this.#words;
    const { fresh } = this.#attention;
    switch (intent) {
      case 'greeting':
        return { say: words.greeting };
      case 'identity':
        return { say: words.identity };
      case 'thanks':
        return { say: words.thanks };
      case 'goodbye':
        return { say: words.goodbye };
      case 'stop':
        return { say: words.stopped };
      case 'action':
        return { say: words.cannot };
      case 'unclear': {
        // Words that are no question as we know them (misheard, a bare keyword) may still name something on the page.
        const quote = fresh && 'text' in fresh ? quoteFromPage(fresh, question, words) : null;
        return quote ? this.#say(quote) : { say: words.unclear };
      }
      case 'selection':
        return this.#can(READ_SELECTION) ? call(READ_SELECTION) : this.#readPage();
      case 'page':
        return this.#lookUp(question);
      case 'question': {
        if (fresh?.kind !== 'page') return this.#lookUp(question);
        const answer = answerFromPage(fresh, question, words);
        // What was read may be only the page's beginning.
        const isFound = answer.quote !== undefined || wantedOf(question) !== 'passage';
        return isFound || !fresh.truncated ? this.#say(answer) : this.#lookUp(question);
      }
    }
  }

  /** Begins to find out: the title is told in the digest, a passage can be searched for, the rest has to be read. */
  #lookUp(question: string): Thought {
    const wanted = wantedOf(question);
    const { title } = this.#attention;
    if (wanted === 'title' && title) return { say: titleOf(title, this.#words) };
    const query = wanted === 'passage' ? searchWords(question) : '';
    return query && this.#can(SEARCH_PAGE) ? call(SEARCH_PAGE, { query }) : this.#readPage();
  }

  /** After what the tools brought: the answer, or the next call. */
  #goOn(returned: readonly Returned[]): Thought {
    const question = this.#question?.text ?? '';
    // Of several calls at once, the one that brought something.
    const { name, output } = returned.findLast((each) => each.output.kind === 'page') ?? returned.at(-1)!;
    const isSearched = output.kind === 'passages' || (name === SEARCH_PAGE && isNothingFound(output));
    if (isSearched) {
      const answer = output.kind === 'passages' ? quoteFromPage(output, question, this.#words) : null;
      if (answer) return this.#say(answer);
      if (this.#can(READ_PAGE)) return call(READ_PAGE);
    }
    if (output.kind === 'page' || output.kind === 'passages')
      return this.#say(answerFromPage(output, question, this.#words));
    return { say: (output.kind === 'error' ? output.say : null) ?? this.#words.readFailed };
  }

  #readPage(): Thought {
    return this.#can(READ_PAGE) ? call(READ_PAGE) : { say: this.#words.noTools };
  }

  /** Says it, and shows the words it rests on. */
  #say({ say, quote }: Answer): Thought {
    return quote !== undefined && this.#can(POINT_AT) ? { say, ...call(POINT_AT, { quote }) } : { say };
  }

  #can(name: string): boolean {
    return this.#input.tools.some((tool) => tool.name === name);
  }
}

function call(name: string, args: Record<string, string> = {}): Thought {
  return { calls: [{ name, arguments: JSON.stringify(args) }] };
}

function isNothingFound(output: ToolOutput): boolean {
  return output.kind === 'error' && output.code === 'nothing-found';
}
