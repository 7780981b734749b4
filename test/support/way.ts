/** The three ways from the extension to a provider, and which of them the browser tests take: `PARLEY_WAY`. */
import type { Environment } from '../../relay/settings/config.ts';

/** With each, the relay's settings that leave the extension no other way for a spoken call. */
const settings = {
  /** The relay takes the offer, in one round trip. */
  call: {},
  /** The relay gives a secret, with which the extension calls the provider itself. */
  grant: { REALTIME_CALLS: '0' },
  /** A WebSocket through the relay. */
  socket: { REALTIME_CALLS: '0', REALTIME_TRANSPORTS: 'relay' },
} as const satisfies Record<string, Environment>;

export type Way = keyof typeof settings;

export const allWays = Object.keys(settings) as Way[];

/** Null: whatever the extension takes by itself, which is a grant at first, and one round trip once it knows the relay. */
export const wayOfTests = read(process.env['PARLEY_WAY'] ?? '');

export const relaySettings = (way: Way | null): Environment => (way ? settings[way] : {});

declare module 'vitest' {
  interface TaskMeta {
    /** Why this test says nothing over the way that is taken. */
    leftOut?: string;
  }
}

/** Options of a test, or of a group, for what only these ways have: over another it is left out, and `why` is reported. */
export function onlyOver(ways: readonly Way[], why: string): { skip?: true; meta?: { leftOut: string } } {
  if (wayOfTests === null || ways.includes(wayOfTests)) return {};
  return { skip: true, meta: { leftOut: why } };
}

/** The kinds of line that a person can choose in the settings and get. */
export const linesToChoose = wayOfTests === 'socket' ? (['relay'] as const) : (['webrtc', 'websocket'] as const);

/** Faults that end the line of a spoken call, so that Parley is told. */
export const endsOfLine =
  wayOfTests === 'socket' ? (['close-socket', 'reset-socket'] as const) : (['close-channel', 'close-peer'] as const);

function read(name: string): Way | null {
  if (name === '') return null;
  const way = allWays.find((each) => each === name);
  if (!way) throw new Error(`PARLEY_WAY is ${name}: it can be ${allWays.join(', ')}.`);
  return way;
}
