/** What the browser knows of the other end of a connection. */

type Connection = Pick<RTCPeerConnection, 'getStats'>;

/** As far as it is looked at; of two kinds of entries (W3C webrtc-stats: transport, candidate-pair). */
interface Stats {
  type?: unknown;
  selectedCandidatePairId?: unknown;
  currentRoundTripTime?: unknown;
  timestamp?: unknown;
  lastPacketReceivedTimestamp?: unknown;
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
 * Milliseconds since the last packet came from there: sound, an event, or a report on our own sound (measured: all but the
 * checks of the path itself). Null when none came yet.
 */
export async function heardAgoOf(connection: Connection): Promise<number | null> {
  const { timestamp: now, lastPacketReceivedTimestamp: at } = await pathOf(connection);
  // A packet from the future would have us believe for ever.
  return typeof now === 'number' && typeof at === 'number' && at <= now ? now - at : null;
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
