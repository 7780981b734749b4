/** What the options and the microphone page say. One file a language fills this shape. */
import type { Answers, Eagerness, NoiseReduction, Settings, TalkMode, Theme } from '../../protocol/settings.ts';
import type { MicrophoneStep } from '../view/microphone.ts';
import type { AddressProblem } from '../view/relay-address.ts';
import type { SiteList } from '../view/sites.ts';
import type { Language } from './language.ts';

export interface StepWords {
  title: string;
  text: string;
  /** Empty where there is nothing to press. */
  button: string;
}

export interface PageWords {
  language: Language;
  options: {
    title: string;
    search: string;
    found: (count: string) => string;
    notFound: (query: string) => string;
    /** The list of sections. */
    contents: string;
    saved: string;
    relay: string;
    relayHelp: string;
    address: string;
    token: string;
    tokenHelp: string;
    show: string;
    hide: string;
    test: string;
    testing: string;
    ready: (provider: string, model: string, voice: string) => string;
    /** What the relay's limits leave. `left` and `most` already written in the language's way. */
    left: Record<'requests' | 'minutes' | 'usd', (left: string, most: string, span: string) => string> & {
      title: string;
      per: Record<'minute' | 'hour' | 'day' | 'month', string>;
    };
    problems: Record<AddressProblem | 'token-spaces' | 'token-long' | 'token-empty', string>;
    /** A model's or a voice's name that no relay takes. */
    badName: string;
    extensionId: string;
    assistant: string;
    model: string;
    voice: string;
    relayChooses: string;
    instructions: string;
    instructionsHelp: string;
    counter: (used: string, most: string) => string;
    talking: string;
    modeHelp: Record<TalkMode, string>;
    answers: string;
    /** What each means, sends and costs. */
    answersHelp: Record<Answers, string>;
    patience: string;
    patienceSteps: readonly [string, string, string, string, string];
    /** How long it waits, by what ends a turn; `seconds` already written in the language's way. */
    patienceMeans: Record<Settings['turnEnd'], (seconds: string) => string>;
    turnEnd: string;
    turnEnds: Record<Settings['turnEnd'], string>;
    noisyRoom: string;
    noisyRoomHelp: string;
    figures: string;
    figuresHelp: string;
    figureNames: Record<'vadThreshold' | 'vadSilenceMs' | 'vadPrefixMs' | 'vadEagerness', string>;
    badFigure: (least: string, most: string) => string;
    asPatience: (eagerness: string) => string;
    eagernesses: Record<Eagerness, string>;
    sound: string;
    treatment: string;
    treatments: Record<'echoCancellation' | 'noiseSuppression' | 'autoGain', string>;
    noiseReduction: string;
    noiseReductions: Record<NoiseReduction, string>;
    sounds: string;
    muteOtherTabs: string;
    connection: string;
    transport: string;
    transports: Record<Settings['transport'], string>;
    transportHelp: string;
    warmUp: string;
    warmUpHelp: string;
    showTimes: string;
    showTimesHelp: string;
    pages: string;
    /** What Parley reads, and what it never does. */
    pagesHelp: string;
    /** The lists in the order in which they decide. */
    siteLists: Record<SiteList, { label: string; help: string }>;
    /** `lines` as they were typed. */
    notSites: (lines: string) => string;
    tooManySites: (most: string) => string;
    pageDigest: string;
    pageDigestHelp: string;
    behaviour: string;
    language: string;
    languages: Record<Settings['language'], string>;
    languageHelp: string;
    theme: string;
    themes: Record<Theme, string>;
    autoStart: string;
    autoStartHelp: string;
    pill: string;
    pillHelp: string;
    pillCaptions: string;
    pillCaptionsHelp: string;
    screenReader: string;
    screenReaderHelp: string;
    microphoneStates: Record<PermissionState, string>;
    microphoneButton: string;
    shortcuts: string;
    noShortcut: string;
    changeShortcuts: string;
    privacy: string;
    privacyText: string;
  };
  /** Where a voice can be heard. */
  voice: {
    hear: string;
    stop: string;
    /** What it sends and costs. */
    help: string;
    playing: string;
    /** A call would be talked over. */
    inCall: string;
  };
  microphone: {
    steps: Record<MicrophoneStep, StepWords>;
    /** Why the person is here: a call waits for the microphone. */
    forCall: string;
    levelLabel: string;
    allowSteps: readonly string[];
  };
}
