import type { KeepingWords } from './keeping.ts';

export const words: KeepingWords = {
  language: 'en',
  money: 'Money and time',
  moneyHelp:
    'The provider charges the account of your relay by the token: a minute of talk costs some cents, and long answers and long pages cost more. Parley counts along by the provider’s list prices, in US dollars. It is an estimate; the bill is what counts.',
  spent: (today, month) => `Spent from this browser: ${today} today, ${month} this month.`,
  caps: { callCapUsd: 'At most for one call (US dollars)', dayCapUsd: 'At most for one day (US dollars)' },
  noLimit: 'no limit',
  badLimit: (most) => `A sum up to ${most}, such as 2.50, or nothing for no limit.`,
  capsHelp:
    'At 80 % Parley tells you. When a limit is reached, it ends the call after the answer that is being given, so the cost can go a little over.',
  idle: 'Hang up when nobody says anything for',
  idleHelp:
    'An open call sends sound, and may cost money, while nobody talks. Noise does not keep it open. You are warned shortly before.',
  minutes: (count) => (count === '1' ? '1 minute' : `${count} minutes`),
  seconds: (count) => `${count} seconds`,
  never: 'Never hang up by itself',
  kept: 'What is kept',
  keepCalls: 'Keep my calls, to read and search them later',
  keepCallsHelp:
    'The words of each call, and the titles and addresses of pages that were read, stay in this browser; no sound, no page texts. They are sent again only where you go on with a call. Off: a call is forgotten when the browser closes. Calls kept before stay until you delete them in the side panel.',
  file: 'Settings as a file',
  fileHelp:
    'To take them to another browser. The file holds what you wrote about yourself, your instructions and lists of sites, but no device token.',
  exportFile: 'Save to a file',
  importFile: 'Take from a file…',
  importProblems: {
    'too-large': 'This file is too large for settings of Parley. Choose the one that Parley saved.',
    'not-json': 'This file cannot be read. Choose the one that Parley saved.',
    'not-settings': 'This file holds no settings of Parley. Choose the one that Parley saved.',
  },
  changes: (count) => (count === '1' ? 'One setting changes.' : `${count} settings change.`),
  changesNothing: 'All of this is set here already. Nothing changes.',
  otherRelay: (address) =>
    `The relay changes to ${address}. What you say goes there from then on, and it needs its own device token. Go on only if you know this address.`,
  noRelay: 'The file names no relay: this browser’s relay and its token are taken away.',
  refused: (fields) => `Not understood, and left as it is here: ${fields}.`,
  takeOver: 'Take over',
  cancel: 'Cancel',
  takenOver: 'Taken over.',
  notTakenOver: 'The browser did not store the settings. Try again.',
  erase: 'Erase everything',
  eraseHelp:
    'Ends a running call and takes away all that Parley keeps in this browser. The device token stays valid at the relay until it is taken back there, and the microphone’s permission is the browser’s own.',
  holdings: {
    settings: (withToken) => (withToken ? 'Your settings, with the relay’s device token' : 'Your settings'),
    spend: (months) => `Sums of money spent (months: ${months})`,
    calls: (count, mb) => `Past calls: ${count} (${mb} MB)`,
    callsUnknown: 'Past calls (the browser does not tell how many)',
    lastCall: 'The last call, until the browser closes',
    sites: (count) => `Access to sites that you allowed: ${count}`,
  },
  eraseAsk: 'Erase all of this for good? There is no way back.',
  erased: 'Everything is erased. Parley is as it was when it was installed.',
  left: (what) => `Not everything could be erased. Still here: ${what}. Try again, or remove Parley from the browser.`,
  leftNames: {
    settings: 'settings and sums',
    calls: 'past calls',
    'last-call': 'the last call',
    sites: 'access to sites',
  },
};
