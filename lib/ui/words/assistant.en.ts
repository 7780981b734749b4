import type { AssistantWords } from './assistant.ts';

export const words: AssistantWords = {
  language: 'en',
  preferred: 'What the relay prefers',
  priced: (model, usd) => `${model}: about ${usd} a minute`,
  other: 'Another model…',
  otherName: 'Name of the model',
  perMinute: (usd) => `About ${usd} for a minute of talk. Your relay may allow only some models: ask it.`,
  preferredPrice: 'The cost is that of the model which the relay chooses. Ask it which one that is.',
  unpriced:
    'Parley knows no price for this model: calls show tokens instead of money, and limits of money do not end them. Your relay may not allow it: ask it.',
  ask: 'Ask the relay',
  prices: 'How the cost is estimated',
  pricesHelp: (day) =>
    `A minute of talk is reckoned as one half you and one half the assistant, in four answers, with your words written down. A long page adds a cent or two. List prices of ${day}, in US dollars for a million tokens; the provider’s bill is what counts.`,
  kinds: { text: 'Text', audio: 'Sound', image: 'Pictures' },
  rate: (kind, input, again, output) => `${kind}: ${input} in, ${again} read again, ${output} out`,
  rateIn: (kind, input, again) => `${kind}: ${input} in, ${again} read again`,
  voiceHelp: 'The provider recommends marin and cedar. All voices cost the same.',
  style: 'How it answers',
  styles: {
    plain: { name: 'Plainly', help: 'One to three short sentences, more when you ask.' },
    short: { name: 'Very briefly', help: 'As few words as will do. Also the cheapest: speech is what costs most.' },
    teacher: {
      name: 'As a teacher',
      help: 'One step at a time, with an example, and a question to see whether it was clear. Longer answers cost more.',
    },
    translator: {
      name: 'As an interpreter',
      help: 'Says what you say in the other language, and the other way round. Passages of the page are translated for you.',
    },
    reading: {
      name: 'As a reading companion',
      help: 'Goes through the page with you, part by part, and explains hard words. More of the page is read, which costs more.',
    },
  },
  notes: 'About you',
  notesHelp:
    'What it should know in every call: your name, your work, what you know well. This goes to your relay and the provider with each call; the longest text costs about a cent a call. Leave out what they should not know.',
  tooLong: 'This is more than a call can carry: the end of your notes is left out. Shorten them.',
  told: 'What is sent of this',
  toldHelp:
    'Exactly these words go along with each call, after Parley’s own rules and those of your relay. They are English, because they are for the model; it answers in your language.',
  toldNothing: 'Nothing: only Parley’s own rules and those of your relay.',
};
