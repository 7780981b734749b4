/** RTP packets (RFC 3550) as far as one Opus stream needs them. */

const HEADER_BYTES = 12;

export interface RtpPacket {
  payloadType: number;
  sequence: number;
  payload: Uint8Array;
}

/**
 * The payload of a raw RTP packet, or null for what is not one: too short, RTCP (payload types 64..95 by RFC 5761), or
 * with lengths that do not fit. Skips CSRCs, the extension block and padding.
 */
export function parseRtp(packet: Uint8Array): RtpPacket | null {
  if (packet.length < HEADER_BYTES) return null;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const flags = view.getUint8(0);
  if (flags >> 6 !== 2) return null;
  const payloadType = view.getUint8(1) & 0x7f;
  if (payloadType >= 64 && payloadType <= 95) return null;

  let start = HEADER_BYTES + (flags & 0x0f) * 4;
  if (flags & 0x10) {
    if (packet.length < start + 4) return null;
    start += 4 + view.getUint16(start + 2) * 4;
  }
  const padding = flags & 0x20 ? view.getUint8(packet.length - 1) : 0;
  const end = packet.length - padding;
  if (end <= start) return null;
  return { payloadType, sequence: view.getUint16(2), payload: packet.subarray(start, end) };
}

/** One packet ready to send. `marker` is set on the first packet after a gap. */
export function buildRtp(
  header: { payloadType: number; sequence: number; timestamp: number; ssrc: number; marker: boolean },
  payload: Uint8Array,
): Buffer {
  const packet = Buffer.alloc(HEADER_BYTES + payload.length);
  packet.writeUInt8(0x80, 0);
  packet.writeUInt8((header.marker ? 0x80 : 0) | header.payloadType, 1);
  packet.writeUInt16BE(header.sequence & 0xffff, 2);
  packet.writeUInt32BE(header.timestamp >>> 0, 4);
  packet.writeUInt32BE(header.ssrc >>> 0, 8);
  packet.set(payload, HEADER_BYTES);
  return packet;
}
