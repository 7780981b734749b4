/**
 * The settings' shape. `lib/storage/settings` reads, migrates and writes them. Checked by hand and not by zod, because
 * every view reads them and a view's size is budgeted.
 */

export const settingsVersion = 1;

export const settingLanguages = ['auto', 'en', 'pt-BR', 'es'] as const;

/** `auto`: as the system is, light or dark. `contrast`: also that, in the strongest colours. */
export const themes = ['auto', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];

/** Ways of speaking; what the assistant is told for each is in `instructions`. */
export const styles = ['plain', 'short', 'teacher', 'translator', 'reading'] as const;
export type Style = (typeof styles)[number];

/** Characters. */
export const longestInstructions = 2000;
export const longestNotes = 4000;

export const settingTransports = ['auto', 'webrtc', 'websocket', 'relay'] as const;

/** `hands-free`: the provider hears when a turn ends. `tap`: a press begins it, another ends it. `hold`: while held. */
export const talkModes = ['hands-free', 'tap', 'hold'] as const;
export type TalkMode = (typeof talkModes)[number];

/**
 * `voice`: answers are spoken. `text`: the provider makes no voice. `captions`: it speaks and we write, but the loudspeaker
 * is silent, so that the sound can come back in the middle of an answer.
 */
export const answerKinds = ['voice', 'text', 'captions'] as const;
export type Answers = (typeof answerKinds)[number];

/** How a hands-free turn ends: after so much silence, or when the sentence sounds finished. */
export const turnEnds = ['silence', 'meaning'] as const;

/** From answering at once to waiting long; the figures behind each step are in `lib/protocol/turn-taking`. */
export const patienceSteps = [0, 1, 2, 3, 4] as const;
export type Patience = (typeof patienceSteps)[number];

export const eagernesses = ['low', 'medium', 'high', 'auto'] as const;
export type Eagerness = (typeof eagernesses)[number];

/** What the provider takes out of the sound: a headset's noise, a room's, or nothing. */
export const noiseReductions = ['near', 'far', 'off'] as const;
export type NoiseReduction = (typeof noiseReductions)[number];

export interface Settings {
  version: typeof settingsVersion;
  relay: {
    /** Origin and optional path, without a trailing slash; empty until the person connects a relay. */
    url: string;
    deviceToken: string;
  };
  /** Empty: what the relay prefers. */
  model: string;
  voice: string;
  style: Style;
  /** What the person says about themselves: known in every call. */
  notes: string;
  /** The person's own words to the assistant, added to Parley's. */
  instructions: string;
  /** `auto` follows the browser; otherwise BCP 47. */
  language: (typeof settingLanguages)[number];
  theme: Theme;
  /** Opening the popup starts to talk. */
  autoStart: boolean;
  /** The line to the provider: `auto` tries WebRTC, then WebSocket, then WebSocket through the relay. */
  transport: (typeof settingTransports)[number];
  /** Opening popup or panel prepares a call. */
  warmUp: boolean;
  /** Popup and panel show how quick the call is. */
  showTimes: boolean;
  /** The mark on the page, where a call was begun by shortcut. */
  pill: boolean;
  /** On it the last words of the call, while it is open. */
  pillCaptions: boolean;
  /** A screen reader is in use: whole lines are read out too, and nothing while a voice is heard. */
  screenReader: boolean;

  /**
   * Sites as hosts; `example.org` covers its subdomains. Never read; read only after a click; read though our own list
   * (banks, health, mail, password managers) says otherwise. The first of these that knows a site decides.
   */
  neverRead: string[];
  askFirst: string[];
  mayRead: string[];
  /** A call begins with the title, outline and first lines of the page. */
  pageDigest: boolean;

  /** US dollars by list prices; null: no limit. A call is warned of at 80 %, and ended when it is reached. */
  callCapUsd: number | null;
  dayCapUsd: number | null;
  /** A call in which nobody says anything for so long is ended; null: never. */
  idleAfterMs: number | null;
  /** Calls are kept in the browser, to be read again and searched. */
  keepCalls: boolean;

  talkMode: TalkMode;
  answers: Answers;
  patience: Patience;
  turnEnd: (typeof turnEnds)[number];
  /** The provider's own figures; null: as the patience says. */
  vadThreshold: number | null;
  vadSilenceMs: number | null;
  vadPrefixMs: number | null;
  vadEagerness: Eagerness | null;
  /** Only a key interrupts the answer. */
  noisyRoom: boolean;

  /** Device ids as `enumerateDevices` gives them; empty: the system's own choice. */
  microphoneId: string;
  speakerId: string;
  /** The browser's own treatment of the microphone. */
  echoCancellation: boolean;
  noiseSuppression: boolean;
  autoGain: boolean;
  noiseReduction: NoiseReduction;
  /** Start, end and fault are heard. */
  sounds: boolean;
  /** Other tabs are silent during a call. */
  muteOtherTabs: boolean;
}

const isText = (value: unknown) => typeof value === 'string';
const isTextUpTo = (most: number) => (value: unknown) => typeof value === 'string' && value.length <= most;
const isYesNo = (value: unknown) => typeof value === 'boolean';
const oneOf = (choices: readonly unknown[]) => (value: unknown) => choices.includes(value);
const nullOr = (check: (value: unknown) => boolean) => (value: unknown) => value === null || check(value);
const between = (least: number, most: number) => (value: unknown) =>
  typeof value === 'number' && value >= least && value <= most;
const wholeBetween = (least: number, most: number) => (value: unknown) =>
  Number.isInteger(value) && between(least, most)(value);

/** A host name, in punycode where it is of another alphabet. */
const host = /^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*$/;
const isHosts = (value: unknown) =>
  Array.isArray(value) &&
  value.length <= 500 &&
  value.every((each) => typeof each === 'string' && each.length <= 253 && host.test(each));

/** One check a field, so that one damaged field costs only itself. Ranges as the provider has them. */
const checks: Record<keyof Settings, (value: unknown) => boolean> = {
  version: (value) => value === settingsVersion,
  relay: (value) => {
    const { url, deviceToken } = { ...(value as Partial<Settings['relay']> | null) };
    return isText(url) && isText(deviceToken);
  },
  model: isText,
  voice: isText,
  style: oneOf(styles),
  notes: isTextUpTo(longestNotes),
  instructions: isTextUpTo(longestInstructions),
  language: oneOf(settingLanguages),
  theme: oneOf(themes),
  autoStart: isYesNo,
  transport: oneOf(settingTransports),
  warmUp: isYesNo,
  showTimes: isYesNo,
  pill: isYesNo,
  pillCaptions: isYesNo,
  screenReader: isYesNo,
  neverRead: isHosts,
  askFirst: isHosts,
  mayRead: isHosts,
  pageDigest: isYesNo,
  callCapUsd: nullOr(between(0, 10_000)),
  dayCapUsd: nullOr(between(0, 10_000)),
  idleAfterMs: nullOr(wholeBetween(30_000, 3_600_000)),
  keepCalls: isYesNo,
  talkMode: oneOf(talkModes),
  answers: oneOf(answerKinds),
  patience: oneOf(patienceSteps),
  turnEnd: oneOf(turnEnds),
  vadThreshold: nullOr(between(0, 1)),
  vadSilenceMs: nullOr(wholeBetween(0, 10_000)),
  vadPrefixMs: nullOr(wholeBetween(0, 5_000)),
  vadEagerness: nullOr(oneOf(eagernesses)),
  noisyRoom: isYesNo,
  microphoneId: isTextUpTo(512),
  speakerId: isTextUpTo(512),
  echoCancellation: isYesNo,
  noiseSuppression: isYesNo,
  autoGain: isYesNo,
  noiseReduction: oneOf(noiseReductions),
  sounds: isYesNo,
  muteOtherTabs: isYesNo,
};

export function isSetting<K extends keyof Settings>(field: K, value: unknown): value is Settings[K] {
  return checks[field](value);
}
