/** Sends one delta after the other, each when the one before has been shown. Runs in the page that shows them. */
import { openFeedSource } from '../../../../lib/link/feed-source.ts';
import { snapshotChannel } from '../../../../lib/link/feed.ts';
import type { Line } from '../../../../lib/protocol/snapshot.ts';
import { conversation, liveSnapshot, withWord } from './conversation.ts';
import { peerChannel, settled } from './names.ts';
import { showPeer } from './peer.tsx';

/** `changes`: what the host sends. `wholes`: every snapshot with all its lines. `peer`: the plain list. */
export type Way = 'changes' | 'wholes' | 'peer';

let lines: Line[] = [];
let seq = 1;
let send: Record<Way, (lines: Line[]) => void>;

/** Resolves when all lines are in the page and laid out. */
export async function begin(way: Way, count: number): Promise<void> {
  lines = conversation(count);
  const feed = openFeedSource();
  const [wholes, peer] = [new BroadcastChannel(snapshotChannel), new BroadcastChannel(peerChannel)];
  send = {
    changes: (next) => feed.publish(liveSnapshot(seq, next)),
    wholes: (next) => wholes.postMessage(liveSnapshot(seq, next)),
    peer: (next) => peer.postMessage(next.at(-1)),
  };
  if (way === 'peer') showPeer(lines);
  else send.changes(lines);
  await until(() => document.querySelectorAll('.row').length === count);
}

export async function deltas(way: Way, count: number): Promise<void> {
  for (let sent = 0; sent < count; sent += 1) {
    seq += 1;
    const word = `word-${seq}`;
    lines = withWord(lines, word);
    send[way](lines);
    await until(() => lastText().endsWith(word));
    await nextTask();
    performance.mark(settled);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Looked at before every frame, so it must cost nothing beside what is measured. */
function lastText(): string {
  return lists[lists.length - 1]?.lastElementChild?.querySelector('p')?.textContent ?? '';
}
const lists = document.getElementsByTagName('ol');

/** Looks before each frame; what follows in a task of its own comes after that frame. */
async function until(holds: () => boolean): Promise<void> {
  do await new Promise(requestAnimationFrame);
  while (!holds());
}

function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.addEventListener('message', () => resolve(), { once: true });
    port1.start();
    port2.postMessage(null);
  });
}
