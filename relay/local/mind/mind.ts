import type { Tool } from '../session/session-schema.ts';
import type { Entry } from '../session/items.ts';
import { answerFromPage, quoteFromPage } from './answer.ts';
import { intentOf, type Intent } from './intent.ts';
import { readToolOutput, type ToolOutput } from './tool-output.ts';
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

/** A page read longer ago than this may not be the one in view any more. */
const FRESH_MS = 90_000;
const READ_PAGE = 'read_page';
const READ_SELECTION = 'read_selection';

/**
 * A modest mind: it greets, says what it is, and answers questions about the page by calling the client's reading tools
 * and quoting what they return. It never does what a page's text says, because it never reads that text as anything but
 * words to quote.
 */
export function createMind(): Mind {
  return { think };
}

function think(input: MindInput): Thought {
  const words = phrases(input.language);
  const last = input.entries.at(-1);
  const question = questionOf(input.entries);

  const output = latestOutput(input.entries, last);
  if (output) return { say: answerTo(output, question?.text ?? '', words) };
  if (input.mustCall) return call(input.mustCall);
  if (!question) return { say: words.greeting };
  if (question.fault === 'language_unsupported') return { say: words.englishOnly };
  if (question.fault === 'phrase_unknown') return { say: words.fewPhrases };
  if (!question.text) return { say: words.notHeard };
  return react(intentOf(question.text), question.text, input, words);
}

function react(intent: Intent, question: string, input: MindInput, words: Phrases): Thought {
  const can = (name: string): boolean => input.tools.some((tool) => tool.name === name);
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
    case 'unclear':
      return { say: fromFreshPage(question, input, words) ?? words.unclear };
    case 'selection':
      if (can(READ_SELECTION)) return call(READ_SELECTION);
      return can(READ_PAGE) ? call(READ_PAGE) : { say: words.noTools };
    case 'page':
      return can(READ_PAGE) ? call(READ_PAGE) : { say: words.noTools };
    case 'question': {
      const page = freshPage(input);
      if (page) return { say: answerTo(page, question, words) };
      return can(READ_PAGE) ? call(READ_PAGE) : { say: words.noTools };
    }
  }
}

/** Words that are no question as we know them (a misheard one, a bare keyword) may still name something on the page. */
function fromFreshPage(question: string, input: MindInput, words: Phrases): string | null {
  const page = freshPage(input);
  return page?.kind === 'page' ? quoteFromPage(page, question, words) : null;
}

function call(name: string): Thought {
  return { calls: [{ name, arguments: '{}' }] };
}

function answerTo(output: ToolOutput, question: string, words: Phrases): string {
  switch (output.kind) {
    case 'error':
      return output.say ?? words.readFailed;
    case 'other':
      return words.readFailed;
    case 'page':
      return answerFromPage(output, question, words);
  }
}

/** The tool output this response is asked to talk about: one that nothing was said after. */
function latestOutput(entries: readonly Entry[], last: Entry | undefined): ToolOutput | null {
  if (last?.item.type !== 'function_call_output') return null;
  // Of several calls at once, the one that brought something.
  const tail = entries.slice(entries.findLastIndex(({ item }) => item.type === 'message') + 1);
  const outputs = tail.flatMap(({ item }) =>
    item.type === 'function_call_output' ? [readToolOutput(item.output)] : [],
  );
  return outputs.findLast(({ kind }) => kind === 'page') ?? outputs.at(-1) ?? null;
}

function freshPage({ entries, now }: MindInput): ToolOutput | null {
  for (const { item, at } of entries.toReversed()) {
    if (now - at > FRESH_MS) return null;
    if (item.type !== 'function_call_output') continue;
    const output = readToolOutput(item.output);
    return output.kind === 'page' ? output : null;
  }
  return null;
}

interface Question {
  text: string;
  fault?: 'audio_unintelligible' | 'phrase_unknown' | 'language_unsupported';
}

/** The person's last words. Turns spoken right after each other, with nothing said between, are one question. */
function questionOf(entries: readonly Entry[]): Question | null {
  const spoken: string[] = [];
  let fault: Question['fault'];
  for (const { item, heard } of entries.toReversed()) {
    if (item.type === 'message' && item.role === 'assistant') {
      if (spoken.length > 0 || fault) break;
      continue;
    }
    if (item.type !== 'message' || item.role !== 'user') continue;
    if (heard === undefined) {
      // Typed words stand for themselves.
      if (spoken.length > 0 || fault) break;
      return {
        text: item.content
          .map((part) => ('text' in part ? part.text : ''))
          .join(' ')
          .trim(),
      };
    }
    if (heard && 'text' in heard) spoken.unshift(heard.text.trim());
    else if (spoken.length === 0) fault ??= heard?.fault ?? 'audio_unintelligible';
  }
  if (spoken.length > 0) return { text: spoken.join(' ') };
  return fault ? { text: '', fault } : null;
}
