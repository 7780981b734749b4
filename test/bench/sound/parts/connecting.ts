/** From the click to a call that hears: ours cold, with a warm token and opened beforehand, beside the peers'. */
import type { Snapshot } from '../../../../lib/protocol/snapshot.ts';
import type { Measured } from '../../table.ts';
import { against, median, spread } from '../compared.ts';
import type { Conditions, Network } from '../network/network.ts';
import { closeHost, prepareOurs, startOurs } from '../our-round.ts';
import { startPeer } from '../peer-round.ts';
import type { PeerName } from '../pages/peers.ts';
import { pause } from '../../caller.ts';
import { openStage, type Stage } from '../stage.ts';

export interface Services {
  name: string;
  tokenMs: number;
  answerMs: number;
  microphoneMs: number;
}

/** As performance.md measured the peers: what a provider and a real microphone take. */
export const realServices: Services = { name: '', tokenMs: 150, answerMs: 150, microphoneMs: 120 };
export const noServices: Services = { name: '_no_service_times', tokenMs: 0, answerMs: 0, microphoneMs: 0 };

/** What is warm settles before the click. */
const settleMs = 300;

const isLive = ({ phase }: Snapshot): boolean => phase === 'live';

type Way = 'cold' | 'warm_token' | 'pre_opened';

/** ms from the click */
interface Times {
  ready: number[];
  microphone: number[];
}

export interface ConnectingRun {
  rttMs: number;
  rounds: number;
  services: Services;
  peers: readonly PeerName[];
  /** Rounds before those that count: the first fills caches that no person ever finds empty. */
  warmUps: number;
}

/** Nobody speaks in this part. */
export async function connecting(runs: readonly ConnectingRun[]): Promise<Measured[]> {
  const stage = await openStage({ microphone: 'silence', says: 'Yes.' });
  try {
    const measured: Measured[] = [];
    for (const run of runs) measured.push(...(await connectingOnce(stage, run)));
    return measured;
  } finally {
    await stage.close();
  }
}

async function connectingOnce(stage: Stage, run: ConnectingRun): Promise<Measured[]> {
  const { rttMs, rounds, services, warmUps } = run;
  const { tokenMs, answerMs, microphoneMs } = services;
  const peers: Record<PeerName, Times> = {
    console: none(),
    agents: none(),
    'agents-socket': none(),
    bare: none(),
  };
  const ours: Record<Way, Times> = { cold: none(), warm_token: none(), pre_opened: none() };
  const within = async (conditions: Partial<Conditions>, act: (network: Network) => Promise<void>): Promise<void> => {
    const network = await stage.network({ rttMs, tokenMs, answerMs, ...conditions });
    try {
      await act(network);
    } finally {
      await network.close();
    }
  };
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const name of run.peers) {
      await within({}, async (network) => add(peers[name], await peerTimes(stage, network, name, microphoneMs), round));
    }
    for (const way of Object.keys(ours) as Way[]) {
      await within({ freeWhileIdle: way === 'pre_opened' }, async (network) =>
        add(ours[way], await ourTimes(stage, network, way, microphoneMs), round),
      );
    }
  }
  const row = (way: Way, factor: number): Measured =>
    against({
      id: `click_to_ready_${way}_rtt${rttMs}${services.name}`,
      ours: ours[way].ready,
      peer: peers.console.ready,
      ...(services === realServices ? { factor } : {}),
      more: {
        cold: `agents ${spread(peers.agents.ready)}, its WebSocket ${spread(peers['agents-socket'].ready)}`,
        warm_token: '',
        pre_opened: `a microphone alone takes ${spread(peers.bare.microphone)}`,
      }[way],
    });
  return [
    row('cold', 0.85),
    row('warm_token', 0.6),
    row('pre_opened', 0.2),
    against({
      id: `click_to_microphone_rtt${rttMs}${services.name}`,
      ours: ours.warm_token.microphone,
      peer: peers.bare.microphone,
      ...(services === realServices ? { factor: 1.15 } : {}),
      more: `with a panel open, as at every click in one; nothing open ${spread(ours.cold.microphone)}, console ${Math.round(median(peers.console.microphone))}`,
    }),
  ];
}

function none(): Times {
  return { ready: [], microphone: [] };
}

function add(times: Times, { ready, microphone }: { ready: number; microphone: number }, round: number): void {
  if (round < 0) return;
  times.ready.push(ready);
  times.microphone.push(microphone);
}

async function peerTimes(stage: Stage, network: Network, name: PeerName, microphoneMs: number) {
  const call = await startPeer(stage, network, name, { microphoneMs });
  const marks = await call.marks();
  const last = marks.findLast((mark) => mark.name === 'microphone-frames' || mark.name === 'microphone-open');
  await call.close();
  return { ready: call.readyAt - call.clickedAt, microphone: (last?.at ?? Number.NaN) - call.clickedAt };
}

/** Ready is when the call is live and the microphone's frames flow, whichever comes last. */
async function ourTimes(stage: Stage, network: Network, way: Way, microphoneMs: number) {
  await prepareOurs(stage, network, {}, { microphoneMs });
  if (way !== 'cold') {
    const opened = way === 'pre_opened' ? stage.engine.nextEvent('session.created') : network.granted;
    await stage.extension.send({ type: 'warm' });
    await opened;
    await pause(settleMs);
  }
  const call = await startOurs(stage);
  const liveAt = await call.seenAt(isLive, 'a live call');
  await call.seenAt(({ turn }) => turn === 'listening' || turn === 'hearing', 'a microphone that is heard');
  const framesAt = (await call.marks()).find(({ name }) => name === 'microphone-frames')?.at ?? Number.NaN;
  await call.close();
  await closeHost(stage);
  return { ready: Math.max(liveAt, framesAt) - call.clickedAt, microphone: framesAt - call.clickedAt };
}
