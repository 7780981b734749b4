/** What a running WebRTC call loses of its sound, both ways, as its own connection counts it. */
import type { Page } from 'puppeteer';

interface Counted {
  atMs: number;
  sent: number;
  /** Milliseconds that were made up because nothing was there to be played. */
  madeUpMs: number;
}

/** One packet is 20 ms of sound. */
const packetMs = 20;

type Scope = typeof globalThis & { parleyPeer?: RTCPeerConnection };

/** The longest gap that there can have been since `before`, in milliseconds. */
export function gapMs(before: Counted, after: Counted): number {
  const due = (after.atMs - before.atMs) / packetMs;
  const unsent = Math.max(0, due - (after.sent - before.sent)) * packetMs;
  return Math.max(unsent, after.madeUpMs - before.madeUpMs);
}

/** Finds the connection of the call in its document, by the questions that the call itself asks it. */
export async function findPeer(host: Page): Promise<void> {
  await host.evaluate(() => {
    const scope = globalThis as Scope;
    const { getStats } = RTCPeerConnection.prototype;
    RTCPeerConnection.prototype.getStats = function ask(this: RTCPeerConnection, ...args: [MediaStreamTrack?]) {
      scope.parleyPeer = this;
      return getStats.apply(this, args);
    } as typeof getStats;
  });
  await host.waitForFunction(() => (globalThis as Scope).parleyPeer !== undefined, { polling: 50, timeout: 20_000 });
}

export function count(host: Page): Promise<Counted> {
  return host.evaluate(async () => {
    const report = await (globalThis as Scope).parleyPeer!.getStats();
    type Stat = { type: string; kind?: string; timestamp: number } & Record<string, number>;
    const stats = ([...report.values()] as Stat[]).filter(({ kind }) => kind === 'audio');
    const outbound = stats.find(({ type }) => type === 'outbound-rtp');
    const inbound = stats.find(({ type }) => type === 'inbound-rtp');
    const concealed = (inbound?.['concealedSamples'] ?? 0) - (inbound?.['silentConcealedSamples'] ?? 0);
    return {
      atMs: outbound?.timestamp ?? 0,
      sent: outbound?.['packetsSent'] ?? 0,
      madeUpMs: concealed / 48,
    };
  });
}
