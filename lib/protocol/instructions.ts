/**
 * What a call is told from the settings, after Parley's own rules: the way of speaking, what the person says about
 * themselves, and what they ask for. In English, because the model reads it; it answers in the person's language. Pure.
 */
import type { Settings, Style } from './settings.ts';

/** Parley's own rules ask for short, plain speech already: so `plain` adds nothing. */
const waysOfSpeaking: Record<Style, string> = {
  plain: '',
  short:
    'Answer in as few words as will do, in one short sentence where that is enough. Leave out introductions, repetitions and offers of more.',
  teacher:
    'Be a patient teacher. Explain one step at a time, from what the person knows to what is new, with a small example. Then ask one short question to see whether it was understood, and go on from the answer. If they ask for the plain answer, give it.',
  translator:
    'Be an interpreter. Say what the person says in the other language, and what is said in the other language in theirs. If you do not know which two languages, ask once. Say the translation and nothing else; explain a word only when asked. Passages of a page are translated into the person’s language. Other questions are answered as usual.',
  reading:
    'Be a reading companion. The person reads the page with you: go through it in its order, one part at a time, say in a few sentences what the part says, then ask whether to go on. Explain names and hard words briefly. Keep to what the page says, and say so when something is not from it.',
};

/**
 * Bytes of it as JSON. A relay takes 8000 characters of instructions, and 16 KiB for the whole request (`wishes`), in
 * which the tools are less than 6 KB.
 */
const most = 8000;

export interface Instructions {
  /** Empty when there is nothing to say. */
  text: string;
  /** Notes or instructions are longer than a call can carry: what is last of them is left out. */
  cut: boolean;
}

export function instructionsOf(settings: Pick<Settings, 'style' | 'notes' | 'instructions'>): Instructions {
  const speaking = waysOfSpeaking[settings.style];
  // What is asked for counts more than what is known: notes get the room that is left.
  const asked = fitting(settings.instructions.trim(), most - bytesOf(join(speaking, about('-'), ask('-'))));
  const known = fitting(settings.notes.trim(), most - bytesOf(join(speaking, about('-'), ask(asked))));
  return {
    text: join(speaking, about(known), ask(asked)),
    cut: known.length < settings.notes.trim().length || asked.length < settings.instructions.trim().length,
  };
}

const about = (notes: string) => notes && `About the person, from themselves:\n${notes}`;
const ask = (instructions: string) => instructions && `What the person asks of you:\n${instructions}`;
const join = (...parts: string[]) => parts.filter(Boolean).join('\n\n');

const encoder = new TextEncoder();

function bytesOf(text: string): number {
  return encoder.encode(JSON.stringify(text)).length - 2;
}

/** As much from the beginning as goes into so many bytes, in whole characters. */
function fitting(text: string, bytes: number): string {
  if (bytesOf(text) <= bytes) return text;
  let end = 0;
  let left = bytes;
  for (const character of text) {
    left -= bytesOf(character);
    if (left < 0) break;
    end += character.length;
  }
  return text.slice(0, end).trimEnd();
}
