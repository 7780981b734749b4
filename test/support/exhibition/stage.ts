/**
 * What stands in a page of the extension in place of the coordinator, the clock and the devices. Runs in the page before
 * its own scripts: it is handed over as text, so it can use nothing from outside itself.
 */
import type { Exhibit } from './exhibit.ts';
import type { Snapshot } from '../../../lib/protocol/snapshot.ts';

export interface Staged extends Omit<Exhibit, 'snapshot'> {
  snapshot: Snapshot;
  /** Unix milliseconds. */
  now: number;
}

export function setStage(staged: Staged): void {
  const { snapshot, now, answers = {}, silent = false, microphone } = staged;
  const { permission, opens } = microphone ?? { permission: 'granted', opens: 0 };

  class FixedDate extends Date {
    constructor(...given: []) {
      if (given.length === 0) super(now);
      else super(...given);
    }
    static override now = () => now;
  }
  globalThis.Date = FixedDate as DateConstructor;

  // Nobody waits for what takes seconds by itself.
  const setLater = globalThis.setTimeout;
  const hurried = (run: () => void, ms = 0) => setLater(run, ms >= 1000 ? 50 : ms);
  globalThis.setTimeout = hurried as typeof setTimeout;

  const answerTo = (type: string) => {
    const answer = (answers as Record<string, object | undefined>)[type] ?? (type === 'sent' ? null : snapshot);
    // A page's own fault is a word.
    const isRefused = answer && !('phase' in answer) && 'fault' in answer && typeof answer.fault === 'object';
    return isRefused && answer.fault ? { ok: false, fault: answer.fault } : { ok: true, value: answer };
  };
  const sendMessage = (message: { body?: { type?: string } }, respond?: (answer: unknown) => void) => {
    const answered = silent
      ? new Promise(() => undefined)
      : Promise.resolve(structuredClone(answerTo(message.body?.type ?? '')));
    void answered.then((answer) => respond?.(answer));
    return answered;
  };
  const getAll = (respond?: (commands: object[]) => void) => {
    const named = { 'toggle-call': 'V', talk: 'D', 'toggle-mute': 'M', 'open-panel': 'S' };
    const commands = Object.entries(named).map(([name, key]) => ({
      name,
      shortcut: `Alt+Shift+${key}`,
      description: name,
    }));
    respond?.(commands);
    return Promise.resolve(commands);
  };
  const stay = (_: unknown, respond?: () => void) => {
    respond?.();
    return Promise.resolve();
  };
  const worlds = globalThis as unknown as Record<'chrome' | 'browser', typeof chrome | undefined>;
  for (const api of [worlds.chrome, worlds.browser]) {
    if (!api?.runtime) continue;
    Object.assign(api.runtime, { sendMessage });
    Object.assign(api.commands, { getAll });
    // A page that has come to its end closes itself.
    Object.assign(api.tabs, { remove: stay });
  }

  const status = Object.assign(new EventTarget(), { state: permission, name: 'microphone', onchange: null });
  navigator.permissions.query = () => Promise.resolve(status as PermissionStatus);
  const device = (kind: MediaDeviceKind, deviceId: string, label: string) => ({
    kind,
    deviceId: permission === 'granted' ? deviceId : '',
    label: permission === 'granted' ? label : '',
    groupId: '',
    toJSON: () => ({}),
  });
  Object.assign(navigator.mediaDevices, {
    enumerateDevices: () =>
      Promise.resolve([
        device('audioinput', 'desk', 'Desk microphone'),
        device('audioinput', 'headset', 'Headset with a rather long name (Bluetooth)'),
        device('audiooutput', 'speakers', 'Loudspeakers'),
      ]),
    getUserMedia: () => {
      if (opens === 'prompt') return new Promise(() => undefined);
      if (typeof opens === 'string') return Promise.reject(new DOMException('', opens));
      return Promise.resolve(new MediaStreamAudioDestinationNode(new AudioContext()).stream);
    },
  });
  // As good as steady; what follows a level sees only changes.
  let looks = 0;
  AnalyserNode.prototype.getFloatTimeDomainData = (samples) => {
    looks += 1;
    samples.fill(typeof opens === 'number' ? opens * (1 - (looks % 2) / 1000) : 0);
  };

  document.addEventListener('DOMContentLoaded', () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { caret-color: transparent !important; scrollbar-width: none !important; }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });
}
