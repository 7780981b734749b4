/**
 * Counts what the call document has open: a copy of the built extension whose offscreen document has this as its first
 * script, and nothing else changed.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { builtExtension } from '../support/browser.ts';

/** Parts that are open now, and the most there were at once. */
export interface Open {
  peers: number;
  sockets: number;
  contexts: number;
  microphones: number;
  mostPeers: number;
  mostMicrophones: number;
}

export interface Instrumented {
  dir: string;
  remove(): Promise<void>;
}

export async function instrumented(): Promise<Instrumented> {
  const dir = await mkdtemp(join(tmpdir(), 'parley-faults-'));
  await cp(builtExtension, dir, { recursive: true });
  const document = join(dir, 'offscreen.html');
  const html = await readFile(document, 'utf8');
  await writeFile(
    document,
    html.replace(/<head>|(?=<script)/, (found) => `${found}<script src="/instruments.js"></script>`),
  );
  await writeFile(join(dir, 'instruments.js'), `(${count.toString()})();`);
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

/** Null where there is no document: then nothing is open. */
export async function openParts(host: Page | null): Promise<Open | null> {
  return host && host.evaluate(() => (globalThis as unknown as { parleyOpen(): Open }).parleyOpen());
}

/** Runs in the document, before all else; it can use nothing from here. */
function count(): void {
  const peers: RTCPeerConnection[] = [];
  const sockets: WebSocket[] = [];
  const contexts: AudioContext[] = [];
  const streams: MediaStreamTrack[][] = [];
  const most = { peers: 0, microphones: 0 };
  const now = () => ({
    peers: peers.filter(({ connectionState }) => connectionState !== 'closed').length,
    sockets: sockets.filter(({ readyState }) => readyState < WebSocket.CLOSING).length,
    contexts: contexts.filter(({ state }) => state !== 'closed').length,
    // A stream and the copies of its tracks are one microphone.
    microphones: streams.filter((tracks) => tracks.some(({ readyState }) => readyState === 'live')).length,
  });
  const note = () => {
    const { peers: peersNow, microphones } = now();
    most.peers = Math.max(most.peers, peersNow);
    most.microphones = Math.max(most.microphones, microphones);
  };
  const counting = <Part>(name: string, parts: Part[]) => {
    const scope = globalThis as unknown as Record<string, new (...args: unknown[]) => Part & object>;
    scope[name] = new Proxy(scope[name]!, {
      construct(target, args, newTarget) {
        const part = Reflect.construct(target, args, newTarget) as Part & object;
        parts.push(part);
        note();
        return part;
      },
    });
  };
  counting('RTCPeerConnection', peers);
  counting('WebSocket', sockets);
  counting('AudioContext', contexts);
  const { getUserMedia } = navigator.mediaDevices;
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await getUserMedia.call(navigator.mediaDevices, wanted);
    streams.push(stream.getAudioTracks());
    note();
    return stream;
  };
  const { clone } = MediaStreamTrack.prototype;
  MediaStreamTrack.prototype.clone = function copy(this: MediaStreamTrack) {
    const track = clone.call(this);
    streams.find((tracks) => tracks.includes(this))?.push(track);
    return track;
  };
  Object.assign(globalThis, {
    parleyOpen: () => ({ ...now(), mostPeers: most.peers, mostMicrophones: most.microphones }),
  });
}
