/** A call of ours or of a peer that is spoken with: what parts that listen to answers need of both alike. */
import type { Page } from 'puppeteer';
import type { Conditions, Network } from './network/network.ts';
import { closeHost, prepareOurs, startOurs } from './our-round.ts';
import type { Instruments, Recording } from './pages/instruments.ts';
import type { PeerName } from './pages/peers.ts';
import { startPeer } from './peer-round.ts';
import type { Stage } from './stage.ts';

export interface Talk {
  types(text: string): Promise<unknown>;
  recording(): Promise<Recording>;
  close(): Promise<void>;
}

type Line = Pick<Conditions, 'rttMs' | 'socketBytesPerS'>;

const open = (stage: Stage, line: Line): Promise<Network> =>
  stage.network({ ...line, tokenMs: 0, answerMs: 0, freeWhileIdle: false });

export interface OurTalk extends Talk {
  host: Page;
}

/** Resolves when it listens. */
export async function talkToOurs(
  stage: Stage,
  transport: 'webrtc' | 'websocket',
  line: Line,
  instruments: Partial<Instruments>,
): Promise<OurTalk> {
  const network = await open(stage, line);
  await prepareOurs(stage, network, { transport }, instruments);
  const call = await startOurs(stage);
  await call.seenAt(({ turn }) => turn === 'listening' || turn === 'hearing', 'a call that listens');
  return {
    host: call.host,
    types: (text) => stage.extension.send({ type: 'say', text }),
    recording: () => call.recording(),
    close: async () => {
      await call.close();
      await closeHost(stage);
      await network.close();
    },
  };
}

export async function talkToPeer(
  stage: Stage,
  name: PeerName,
  line: Line,
  instruments: Partial<Instruments>,
): Promise<Talk> {
  const network = await open(stage, line);
  const call = await startPeer(stage, network, name, instruments);
  return {
    types: (text) => call.types(text),
    recording: () => call.recording(),
    close: async () => {
      await call.close();
      await network.close();
    },
  };
}
