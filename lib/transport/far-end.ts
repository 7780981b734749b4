/** What the browser knows of the other end of a connection. */

type Connection = Pick<RTCPeerConnection, 'getStats'>;

/** As far as it is looked at; of two kinds of entries (W3C webrtc-stats: transport, candidate-pair). */
interface Stats {
  type?: unknown;
  selectedCandidatePairId?: unknown;
  currentRoundTripTime?: unknown;
  timestamp?: unknown;
  lastPacketReceivedTimestamp?: unknown;
  responsesReceived?: unknown;
}

/**
 * Milliseconds, at least 1, of the last check whether the other end is still there, which the browser does every few
 * seconds by itself. Null when there was none yet.
 */
export async function roundTripOf(connection: Connection): Promise<number | null> {
  const { currentRoundTripTime: seconds } = await pathOf(connection);
  return typeof seconds === 'number' ? Math.max(1, Math.round(seconds * 1000)) : null;
}

/**
 * Returns what tells how many milliseconds ago the last packet came from there: sound, an event, a report on our own sound;
 * or an answer to a check of the path, of which only the number is known, so that it may have come later than is told. Null
 * when none came yet.
 */
export function hearing(connection: Connection): () => Promise<number | null> {
  let before = { checks: 0, at: 0 };
  return async () => {
    const { timestamp: now, lastPacketReceivedTimestamp: packet, responsesReceived: checks } = await pathOf(connection);
    if (typeof now !== 'number') return null;
    const checkedAt = typeof checks === 'number' && checks > before.checks ? before.at : 0;
    before = { checks: typeof checks === 'number' ? checks : 0, at: now };
    // A packet from the future would have us believe for ever.
    const heardAt = Math.max(typeof packet === 'number' && packet <= now ? packet : 0, checkedAt);
    return heardAt > 0 ? now - heardAt : null;
  };
}

/** Of the two addresses that are in use; empty before there are any. */
async function pathOf(connection: Connection): Promise<Stats> {
  const report: { get(id: string): unknown; values(): Iterable<unknown> } = await connection.getStats();
  for (const each of report.values()) {
    const { type, selectedCandidatePairId: pairId } = each as Stats;
    if (type !== 'transport' || typeof pairId !== 'string') continue;
    const path = report.get(pairId) as Stats | undefined;
    if (path) return path;
  }
  return {};
}
