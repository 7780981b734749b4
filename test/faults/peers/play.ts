/** What ours comes out of, and how OpenAI's Agents SDK does: under the same faults, in the same run. */
import { nameOf } from '../all.ts';
import type { PlayedCase } from '../case.ts';
import { ownNetwork } from '../network/network.ts';
import { pause } from '../network/talk.ts';
import { openPeerScene, type PeerScene } from './scene.ts';

/** Milliseconds; null: it never did. */
export interface PeerPlayed {
  /** From the fault until the application was told of it. */
  toldMs: number | null;
  /** From the fault, or from the return of what was gone, to the next answer. */
  recoveredMs: number | null;
}

/** By the name of our case. */
const plays: Record<string, (peer: PeerScene) => Promise<PeerPlayed>> = {
  F40: (peer) => closed(peer, 'close-channel'),
  F41: (peer) => closed(peer, 'close-peer'),
  F42: vanished,
  F47: (peer) => cutOff(peer, 8000),
  'F48 20 s': (peer) => cutOff(peer, 20_000),
};

/** Null where it is not compared. */
export async function playPeer(one: PlayedCase): Promise<PeerPlayed | null> {
  const play = plays[nameOf(one)];
  if (!play) return null;
  const peer = await openPeerScene();
  try {
    return await play(peer);
  } finally {
    await peer.close();
  }
}

/** The engine closes something. */
async function closed(peer: PeerScene, fault: 'close-channel' | 'close-peer'): Promise<PeerPlayed> {
  await peer.start();
  const at = Date.now();
  await peer.engine.add(fault, {}, { times: 1 });
  return outcome(peer, at, at);
}

/** The engine is gone without a word, and would answer another call at once. */
async function vanished(peer: PeerScene): Promise<PeerPlayed> {
  await peer.engine.add('udp-relay', {});
  await peer.start();
  const at = Date.now();
  await peer.engine.add('vanish', {}, { calls: (await peer.engine.calls())[0]!.id });
  return outcome(peer, at, at);
}

/** Nothing comes through for so many milliseconds. */
async function cutOff(peer: PeerScene, ms: number): Promise<PeerPlayed> {
  const network = await ownNetwork();
  await peer.start();
  await network.cut();
  const goneAt = Date.now();
  await pause(ms);
  const backAt = Date.now();
  await network.back();
  return outcome(peer, goneAt, backAt);
}

/** Nobody waits longer for a call to come back. */
const patienceMs = 30_000;
/** Between two questions that it is asked meanwhile. */
const everyMs = 5000;

/** From `goneAt` on something is wrong, and from `backAt` on nothing any more; unix milliseconds. */
async function outcome(peer: PeerScene, goneAt: number, backAt: number): Promise<PeerPlayed> {
  const answer = async () => (await peer.seen()).find(({ what, at }) => what === 'answer' && at > backAt);
  while (Date.now() < backAt + patienceMs && !(await answer())) {
    await peer.types();
    const next = Date.now() + everyMs;
    while (Date.now() < next && !(await answer())) await pause(100);
  }
  const told = (await peer.seen()).find(({ what, at }) => what === 'told' && at >= goneAt);
  const back = await answer();
  return { toldMs: told ? told.at - goneAt : null, recoveredMs: back ? back.at - backAt : null };
}
