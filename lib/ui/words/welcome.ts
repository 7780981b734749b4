/** What the welcome page says. One file a language fills this shape. */
import type { PairRefusal } from '../../protocol/pairing.ts';
import type { Step } from '../welcome/course.ts';
import type { Language } from './language.ts';

/** Ways to a relay. */
export type Way = 'token' | 'code' | 'try';

export interface WelcomeWords {
  language: Language;
  title: string;
  consent: {
    title: string;
    intro: string;
    /** What is recorded, read, sent, to whom, and what stays; each begins with its name. */
    points: readonly { name: string; text: string }[];
    agree: string;
    notNow: string;
    /** `when`: a date in the language's way. */
    agreed: (when: string) => string;
    takeBack: string;
  };
  stepList: string;
  /** Read out beside the name of a step. */
  stepDone: string;
  stepOf: (step: number, count: number) => string;
  steps: Record<Step, { title: string; why: string }>;
  next: string;
  skip: string;
  relay: {
    howTo: string;
    ways: Record<Way, string>;
    code: string;
    codeHelp: string;
    connect: string;
    trust: string;
    /** `host`: of the relay that is connected now. */
    replaces: (host: string) => string;
    /** What happened, then what to do. */
    problems: Record<PairRefusal | 'code-shape' | 'damaged-link', string>;
    connected: (host: string) => string;
    /** Follows a fault that does not concern the connection. */
    kept: string;
    tryIntro: string;
    /** A command, and what it does. */
    tryCommands: readonly { command: string; does: string }[];
    tryLimits: string;
  };
  microphone: { heard: string; quiet: string };
  talk: {
    /** `question` as the words of the call have it. */
    say: (question: string) => string;
    write: (question: string) => string;
    noRelay: string;
    toRelay: string;
    noMicrophone: string;
    answered: string;
    finish: string;
  };
  ready: {
    title: string;
    /** Begins the list of steps that were passed; each is a button. */
    open: string;
    ways: readonly string[];
    close: string;
  };
}
