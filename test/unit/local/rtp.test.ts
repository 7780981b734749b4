import { describe, expect, it } from 'vitest';
import { buildRtp, parseRtp } from '../../../relay/local/peer/rtp.ts';
import { Receiver } from '../../../relay/local/peer/receiver.ts';

const header = { payloadType: 111, sequence: 70_000, timestamp: 2 ** 32 + 5, ssrc: 42, marker: true };
const payload = Uint8Array.from([1, 2, 3, 4]);

describe('An RTP packet', () => {
  it('is read back as it was built, counters wrapped', () => {
    const packet = buildRtp(header, payload);
    expect(parseRtp(packet)).toEqual({ payloadType: 111, sequence: 70_000 % 65_536, payload: Buffer.from(payload) });
    expect(packet.readUInt32BE(4)).toBe(5);
    expect(packet[1]! >> 7).toBe(1);
  });

  it('is read past CSRCs, an extension and padding', () => {
    const plain = buildRtp({ ...header, sequence: 1 }, payload);
    const head = Buffer.from(plain.subarray(0, 12));
    head[0] = 0x80 | 0x20 | 0x10 | 2;
    const csrcs = Buffer.alloc(8, 9);
    const extension = Buffer.from([0xbe, 0xde, 0, 1, 7, 7, 7, 7]);
    const packet = Buffer.concat([head, csrcs, extension, payload, Buffer.from([0, 0, 3])]);
    expect([...parseRtp(packet)!.payload]).toEqual([...payload]);
  });

  it.each([
    ['nothing', []],
    ['a stub', [0x80, 111, 0]],
    ['RTCP', [0x80, 200, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1]],
    ['another version', [0x40, 111, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1]],
    ['padding longer than itself', [0xa0, 111, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 250]],
    ['an extension longer than itself', [0x90, 111, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 255, 255]],
  ])('that is %s is nothing', (_what, bytes) => {
    expect(parseRtp(Uint8Array.from(bytes))).toBeNull();
  });
});

describe('Receiving', () => {
  function receive(packets: [sequence: number, value: number][]): string[] {
    const heard: string[] = [];
    const decoder = {
      decode: (packet: Uint8Array) => Float32Array.of(packet[0] ?? 0),
      conceal: () => Float32Array.of(-1),
      free: () => {},
    };
    const receiver = new Receiver(
      decoder,
      (samples) => heard.push(samples[0] === -1 ? 'concealed' : String(samples[0])),
      () => {},
    );
    for (const [sequence, value] of packets) receiver.push(Uint8Array.of(value), sequence);
    receiver.close();
    return heard;
  }

  it('fills in for lost packets, also where the counter wraps', () => {
    expect(
      receive([
        [65_534, 1],
        [1, 2],
      ]),
    ).toEqual(['1', 'concealed', 'concealed', '2']);
  });

  it('drops what comes twice or too late', () => {
    expect(
      receive([
        [5, 1],
        [6, 2],
        [6, 3],
        [4, 4],
        [7, 5],
      ]),
    ).toEqual(['1', '2', '5']);
  });

  it('makes nothing up for a long gap', () => {
    expect(
      receive([
        [5, 1],
        [500, 2],
      ]),
    ).toEqual(['1', '2']);
  });
});
