/** What a voice says to be heard once, in the person's language. */
export interface SampleWords {
  /** The turn that it answers. */
  greeting: string;
  sentence: string;
}

const english: SampleWords = {
  greeting: 'Hello.',
  sentence: 'Hello. This is how I sound when we talk about a page.',
};
const portuguese: SampleWords = {
  greeting: 'Olá.',
  sentence: 'Olá. É assim que eu soo quando conversamos sobre uma página.',
};
const spanish: SampleWords = {
  greeting: 'Hola.',
  sentence: 'Hola. Así sueno cuando hablamos de una página.',
};

/** `language`: BCP 47. */
export function sampleWordsOf(language: string): SampleWords {
  if (/^pt\b/i.test(language)) return portuguese;
  return /^es\b/i.test(language) ? spanish : english;
}

/** A model says what it is told to; an engine that only knows how to greet is heard, too. */
export function instructionsFor({ sentence }: SampleWords): string {
  return `This is a sample of your voice. To whatever is said, answer with exactly this one sentence and nothing else: ${sentence}`;
}
