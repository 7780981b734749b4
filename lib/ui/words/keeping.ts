/** What the options say of money, of what is kept in the browser, and of the way out of both. One file a language. */
import type { Holding } from '../../storage/everything.ts';
import type { SettingsImport } from '../../storage/settings-file.ts';
import type { Language } from './language.ts';

export type ImportProblem = Extract<SettingsImport, { ok: false }>['why'];

export interface KeepingWords {
  language: Language;
  money: string;
  moneyHelp: string;
  /** Sums already written in the language's way. */
  spent: (today: string, month: string) => string;
  caps: Record<'callCapUsd' | 'dayCapUsd', string>;
  noLimit: string;
  badLimit: (most: string) => string;
  capsHelp: string;
  idle: string;
  idleHelp: string;
  minutes: (count: string) => string;
  seconds: (count: string) => string;
  never: string;
  kept: string;
  keepCalls: string;
  keepCallsHelp: string;
  file: string;
  fileHelp: string;
  exportFile: string;
  importFile: string;
  importProblems: Record<ImportProblem, string>;
  /** Before a file is taken over: how many settings change, where the relay would be, what is not understood. */
  changes: (count: string) => string;
  changesNothing: string;
  otherRelay: (address: string) => string;
  noRelay: string;
  refused: (fields: string) => string;
  takeOver: string;
  cancel: string;
  takenOver: string;
  notTakenOver: string;
  erase: string;
  eraseHelp: string;
  /** What there is, in a list. */
  holdings: {
    settings: (withToken: boolean) => string;
    spend: (months: string) => string;
    calls: (count: string, mb: string) => string;
    callsUnknown: string;
    lastCall: string;
    sites: (count: string) => string;
  };
  eraseAsk: string;
  erased: string;
  /** These could not be erased. */
  left: (what: string) => string;
  leftNames: Record<Holding, string>;
}
