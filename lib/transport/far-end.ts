/** How far away the other end of a connection is. */

/** As far as it is looked at; of two kinds of entries (W3C webrtc-stats: transport, candidate-pair). */
interface Stats {
  type?: unknown;
  selectedCandidatePairId?: unknown;
  currentRoundTripTime?: unknown;
}

/**
 * Milliseconds, at least 1, of the last check whether the other end is still there, which the browser does every few
 * seconds by itself. Null when there was none yet.
 */
export async function roundTripOf(connection: Pick<RTCPeerConnection, 'getStats'>): Promise<number | null> {
  const report: { get(id: string): unknown; values(): Iterable<unknown> } = await connection.getStats();
  for (const each of report.values()) {
    const { type, selectedCandidatePairId: pairId } = each as Stats;
    if (type !== 'transport' || typeof pairId !== 'string') continue;
    const { currentRoundTripTime: seconds } = { ...(report.get(pairId) as Stats | undefined) };
    if (typeof seconds === 'number') return Math.max(1, Math.round(seconds * 1000));
  }
  return null;
}
