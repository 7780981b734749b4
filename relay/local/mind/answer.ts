import { wantedOf } from './intent.ts';
import { bestSentence } from './passages.ts';
import { sentencesOf, shortened } from './sentences.ts';
import type { ToolOutput } from './tool-output.ts';
import { fill, type Phrases } from './words.ts';

type Page = Extract<ToolOutput, { text: string }>;

/** `quote` is the sentence of the page that it rests on, as it stands there. */
export interface Answer {
  say: string;
  quote?: string;
}

/** What is pleasant to listen to before one wants to interrupt. */
const QUOTE_LENGTH = 260;
const SUMMARY_LENGTH = 320;
const SHORT_SENTENCE = 60;
/** Enough to find it again. */
const POINTED_LENGTH = 300;

/** What to say of a page to this question: always its title or its own words, and said to be that. */
export function answerFromPage(page: Page, question: string, words: Phrases): Answer {
  const title = shortened(page.title, 120) || words.untitled;
  const sentences = sentencesOf(page.text);
  if (sentences.length === 0) return { say: fill(words.empty, { title }) };
  const wanted = wantedOf(question);
  if (wanted === 'title') return { say: titleOf(title, words) };
  if (wanted === 'summary') return { say: fill(words.summary, { title, text: leading(sentences, page.title) }) };
  return quoteFromPage(page, question, words) ?? { say: fill(words.notFound, { title }) };
}

export function titleOf(title: string, words: Phrases): string {
  return fill(words.title, { title: shortened(title, 120) });
}

/** The passage that answers best, or null when none does. */
export function quoteFromPage(page: Page, question: string, words: Phrases): Answer | null {
  const sentences = sentencesOf(page.text);
  const best = bestSentence(question, sentences);
  if (best === null) return null;
  const quote = (sentences[best] ?? '').replaceAll(' | ', ' ').slice(0, POINTED_LENGTH);
  return { say: fill(words.quote, { text: quoteAt(sentences, best) }), quote };
}

/** The first sentences, without the title that a page's text often begins with. */
function leading(sentences: readonly string[], title: string): string {
  const bodies = sentences.filter((sentence) => stop(sentence) !== stop(title));
  let text = '';
  for (const sentence of bodies.slice(0, 3)) {
    if (text && text.length + sentence.length > SUMMARY_LENGTH) break;
    text = `${text} ${stop(sentence)}`.trim();
  }
  return shortened(text, SUMMARY_LENGTH);
}

/** A sentence, with its follower when it is too short to be understood alone. */
function quoteAt(sentences: readonly string[], index: number): string {
  const sentence = stop(sentences[index] ?? '');
  const next = sentences[index + 1];
  const both = next && sentence.length < SHORT_SENTENCE ? `${sentence} ${stop(next)}` : sentence;
  return shortened(both.length <= QUOTE_LENGTH ? both : sentence, QUOTE_LENGTH);
}

/** Ends it with a full stop, so that the voice falls. */
function stop(text: string): string {
  return /[.!?…]["'”’)]*$/.test(text) ? text : `${text}.`;
}
