/**
 * The settings' shape. `lib/storage/settings` reads, migrates and writes them. Checked by hand and not by zod, because
 * every view reads them and a view's size is budgeted.
 */

export const settingsVersion = 1;

export const settingLanguages = ['auto', 'en', 'pt-BR', 'es'] as const;

export const settingTransports = ['auto', 'webrtc', 'websocket'] as const;

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
  /** The person's own words to the assistant, added to Parley's. */
  instructions: string;
  /** `auto` follows the browser; otherwise BCP 47. */
  language: (typeof settingLanguages)[number];
  /** Opening the popup starts to talk. */
  autoStart: boolean;
  /** The line to the provider: `auto` tries WebRTC, then WebSocket. */
  transport: (typeof settingTransports)[number];
}

const isText = (value: unknown) => typeof value === 'string';

/** One check a field, so that one damaged field costs only itself. */
const checks: Record<keyof Settings, (value: unknown) => boolean> = {
  version: (value) => value === settingsVersion,
  relay: (value) => {
    const { url, deviceToken } = { ...(value as Partial<Settings['relay']> | null) };
    return isText(url) && isText(deviceToken);
  },
  model: isText,
  voice: isText,
  instructions: isText,
  language: (value) => (settingLanguages as readonly unknown[]).includes(value),
  autoStart: (value) => typeof value === 'boolean',
  transport: (value) => (settingTransports as readonly unknown[]).includes(value),
};

export function isSetting<K extends keyof Settings>(field: K, value: unknown): value is Settings[K] {
  return checks[field](value);
}
