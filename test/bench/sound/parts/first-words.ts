/**
 * What the engine's input holds of a person who speaks from the first sample that the microphone gives, while the
 * provider takes its time to answer. The browser's own treatment of the microphone is off, so that samples can be compared.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resample } from '../../../../relay/local/audio/resample.ts';
import type { Settings } from '../../../../lib/protocol/settings.ts';
import { pause } from '../../caller.ts';
import type { Measured } from '../../table.ts';
import { bufferMs, continuity, type Continuity } from '../continuity.ts';
import { align } from '../correlate.ts';
import type { Network } from '../network/network.ts';
import { closeHost, prepareOurs, startOurs, type OurCall } from '../our-round.ts';
import { startPeer, type PeerCall } from '../peer-round.ts';
import type { PeerName } from '../pages/peers.ts';
import { continuousSpeech, fromBase64, writeSaid } from '../said.ts';
import { openStage, type Stage } from '../stage.ts';

const rttMs = 60;
/** After this long a pause the provider's turn is over, and what is heard next may come another way. */
const gapMs = 900;
/** The microphone opens when the page is ready for it, as a real one does. */
const microphoneMs = 120;

const spokenRate = 24_000;
const heardRate = 16_000;

interface Lost extends Continuity {
  /** Of what the microphone gave to the page, ms. */
  afterOpening: number;
  /** Of what was said since a bare page's microphone would have been open after the same click, ms. */
  sinceClick: number;
}

export interface FirstWordsSize {
  /** Of the provider's answer, ms. */
  delays: number[];
  peers: PeerName[];
  transports: ('webrtc' | 'websocket')[];
  /** How long each call is listened to after it is ready: 7 s go past the first pause. */
  listenMs: number;
}

export async function firstWords({ delays, peers, transports, listenMs }: FirstWordsSize): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-said-'));
  const said = await continuousSpeech(gapMs);
  await writeSaid(join(folder, 'said.wav'), said);
  const stage = await openStage({ microphone: join(folder, 'said.wav'), says: 'Yes.' });
  try {
    // The page's scripts are compiled for the first time, which is nobody's loss.
    await openedOnce(stage, 'console');
    const bareMs = await openedOnce(stage, 'bare');
    const words = { spoken: said, heard: resample(said, spokenRate, heardRate) };
    const measured: Measured[] = [];
    for (const delayMs of delays) {
      const lostByPeers: string[] = [];
      let consoles: number | undefined;
      for (const name of peers) {
        const lost = await peerLoses(stage, name, delayMs, bareMs, words);
        if (name === 'console') consoles = Math.round(lost.sinceClick);
        lostByPeers.push(`${name} ${Math.round(lost.sinceClick)}`);
      }
      for (const transport of transports) {
        const lost = await oursLoses(stage, transport, { delayMs, listenMs, bareMs, words });
        const where = `${transport}_after_${delayMs / 1000}s`;
        measured.push(
          {
            id: `speech_lost_at_start_${where}`,
            value: lost && Math.round(lost.afterOpening),
            unit: 'ms',
            ...(consoles === undefined ? {} : { peer: consoles }),
            target: { atMost: 0 },
            note: `of what was said since the click: ours ${lost ? Math.round(lost.sinceClick) : '?'}, ${lostByPeers.join(', ')}`,
          },
          {
            id: `speech_lost_later_${where}`,
            value: lost && Math.round(lost.lostLater),
            unit: 'ms',
            target: { atMost: 0 },
            note: lost
              ? `heard up to ${(lost.reach.to / 1000).toFixed(1)} s of what was said; hiccups of the browser: ${lost.hiccups}`
              : 'nothing arrived',
          },
          { id: `speech_doubled_${where}`, value: lost && Math.round(lost.doubled), unit: 'ms', target: { atMost: 0 } },
        );
      }
    }
    return measured;
  } finally {
    await stage.close();
    await rm(folder, { recursive: true });
  }
}

interface Words {
  spoken: Float32Array;
  heard: Float32Array;
}

async function within<T>(stage: Stage, delayMs: number, run: (network: Network) => Promise<T>): Promise<T> {
  const network = await stage.network({ rttMs, tokenMs: 0, answerMs: delayMs, freeWhileIdle: false });
  try {
    return await run(network);
  } finally {
    await network.close();
  }
}

/** From the click to the open microphone, ms. */
function openedOnce(stage: Stage, name: PeerName): Promise<number> {
  return within(stage, 0, async (network) => {
    const call = await startPeer(stage, network, name, instruments);
    const opened = await openedAt(call);
    await call.close();
    return opened - call.clickedAt;
  });
}

const instruments = { microphoneMs, plain: true, record: 'both' } as const;

function peerLoses(stage: Stage, name: PeerName, delayMs: number, bareMs: number, words: Words): Promise<Lost> {
  return within(stage, delayMs, async (network) => {
    const call = await startPeer(stage, network, name, instruments);
    await pause(3000);
    const lost = await compare(stage, call, bareMs, words);
    await call.close();
    if (!lost) throw new Error(`Nothing of what was said arrived from ${name}.`);
    return lost;
  });
}

function oursLoses(
  stage: Stage,
  transport: Settings['transport'],
  { delayMs, listenMs, bareMs, words }: { delayMs: number; listenMs: number; bareMs: number; words: Words },
): Promise<Lost | null> {
  return within(stage, delayMs, async (network) => {
    await prepareOurs(stage, network, { transport }, instruments);
    const call = await startOurs(stage);
    await call.seenAt(({ phase }) => phase === 'live', 'a live call');
    await pause(listenMs);
    const lost = await compare(stage, call, bareMs, words);
    await call.close();
    await closeHost(stage);
    return lost;
  });
}

/** What the engine heard beside what was said and beside what the microphone gave. */
async function compare(
  { engine }: Stage,
  call: PeerCall | OurCall,
  bareMs: number,
  { spoken, heard: said }: Words,
): Promise<Lost | null> {
  const arrived = await engine.input();
  const given = fromBase64((await call.recording()).microphone);
  const inInput = continuity(align(arrived, said, { rate: heardRate }), arrived, said, { rate: heardRate });
  // A second of it is enough to see where it begins.
  const first = given.subarray(0, firstLoud(given) + 2 * spokenRate);
  const inPage = continuity(align(first, spoken, { rate: spokenRate }), first, spoken, { rate: spokenRate });
  if (!inInput || !inPage) return null;
  const later = inInput.lostAtStart - inPage.lostAtStart;
  // Two contexts of one page begin with different buffers of the device.
  const afterOpening = later > bufferMs ? later : 0;
  const openedLate = Math.max(0, (await openedAt(call)) - call.clickedAt - bareMs);
  return { ...inInput, afterOpening, sinceClick: openedLate + afterOpening };
}

function firstLoud(samples: Float32Array): number {
  return Math.max(
    0,
    samples.findIndex((sample) => Math.abs(sample) > 0.02),
  );
}

async function openedAt(call: PeerCall | OurCall): Promise<number> {
  return (await call.marks()).find(({ name }) => name === 'microphone-open')?.at ?? Number.NaN;
}
