/**
 * What Parley can tell of itself when something does not work, to be read and copied: plain text, in English for whoever
 * mends it. No secret and none of the person's words: what is not known to be harmless is a length or a count. Pure.
 */
import { masked } from '../../protocol/masked.ts';
import type { Settings } from '../../protocol/settings.ts';
import type { Snapshot } from '../../protocol/snapshot.ts';

export interface Findings {
  /** Unix milliseconds. */
  at: number;
  version: string;
  /** The browser's user agent, the system, the browser's own language. */
  browser: string;
  platform: string;
  language: string;
  microphone: string;
  /** So many sites have been given to us. */
  sites: string;
  /** What the browser says of our stores. */
  storage: string[];
  settings: Settings;
  /** Of the call that runs, or of the last. Null: the worker does not answer. */
  snapshot: Snapshot | null;
  log: readonly string[];
  /** That nobody caught, of the worker, the pages and the pill; those of the call stand in its log. */
  errors: readonly string[];
}

export function diagnosticsText(found: Findings): string {
  const { at, version, browser, platform, language, microphone, sites, storage, settings, snapshot, log, errors } =
    found;
  const parts: [title: string, lines: readonly string[]][] = [
    [
      `Parley ${version}, ${new Date(at).toISOString()}`,
      [
        `browser: ${browser}`,
        `platform: ${platform}`,
        `language: ${language}`,
        `microphone permission: ${microphone}`,
        `sites granted: ${sites}`,
        ...storage,
      ],
    ],
    ['Settings', settingsLines(settings)],
    ['Call', snapshot ? callLines(snapshot) : ['the worker does not answer']],
    ['Log (UTC)', log.length > 0 ? log : ['nothing']],
    ['Errors (UTC)', errors.length > 0 ? errors : ['none']],
  ];
  return parts.map(([title, lines]) => [title, ...lines.map((line) => `  ${line}`)].join('\n')).join('\n\n') + '\n';
}

/** Words that are chosen from a list, or names that a relay knows. Of any other text only the length is told. */
const plainFields: readonly (keyof Settings)[] = [
  'model',
  'voice',
  'language',
  'transport',
  'talkMode',
  'answers',
  'turnEnd',
  'vadEagerness',
  'noiseReduction',
];

function settingsLines({ relay, ...settings }: Settings): string[] {
  const fields = Object.entries(settings).map(([field, value]) => `${field}: ${shown(field, value)}`);
  return [`relay: ${addressKind(relay.url)}, device token ${relay.deviceToken === '' ? 'missing' : 'set'}`, ...fields];
}

function shown(field: string, value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `${value.length} entries`;
  if (typeof value !== 'string') return 'set';
  if (value === '') return 'empty';
  return plainFields.some((plain) => plain === field) ? masked(value, 64) : `${value.length} characters`;
}

function addressKind(url: string): string {
  if (url === '') return 'none';
  const address = URL.parse(url);
  if (!address) return 'not an address';
  const own = ['localhost', '127.0.0.1', '[::1]'].includes(address.hostname);
  return `${address.protocol.replace(':', '')} ${own ? 'on this computer' : 'elsewhere'}`;
}

function callLines({ lines, usage, times, ...call }: Snapshot): string[] {
  const count = (kind: string) => lines.filter((line) => line.kind === kind).length;
  const refused = lines.flatMap((line) => (line.kind === 'tool' && line.fault ? [line.fault] : []));
  const { phase, turn, fault, endReason, startedAt, liveAt, endedAt, money } = call;
  return [
    `phase: ${phase}, turn: ${turn ?? 'none'}`,
    `fault: ${fault?.code ?? 'none'}, end: ${endReason ?? 'none'}`,
    `microphone: ${call.microphone}, muted: ${call.muted}, mode: ${call.talkMode}, trouble: ${call.microphoneTrouble ?? 'none'}`,
    `line: ${name(call.transport)} (${call.transportReason ?? 'usual'}), provider: ${name(call.provider)}, model: ${name(call.model)}`,
    `started: ${time(startedAt)}, live: ${time(liveAt)}, ended: ${time(endedAt)}`,
    `to answer: ${ms(times.firstSoundMs)}, round trip: ${ms(times.roundTripMs)}`,
    `tokens: ${usage.inputTokens} in, ${usage.outputTokens} out; money limit: ${money?.level ?? 'none'}`,
    `past calls: ${call.keepTrouble ?? 'no trouble'}`,
    `lines: ${count('person')} person, ${count('assistant')} assistant, ${count('tool')} tool`,
    `tools refused: ${refused.length > 0 ? refused.join(', ') : 'none'}`,
  ];
}

/** What a relay or a provider calls it, who may call it anything. */
function name(value: string | null): string {
  return value === null ? 'none' : masked(value, 64);
}

function time(at: number | null): string {
  return at === null ? 'never' : new Date(at).toISOString();
}

function ms(value: number | null): string {
  return value === null ? 'not known' : `${value} ms`;
}
