import { Application, createDecoder, createEncoder, Signal } from 'libopus-wasm';

export interface OpusEncoder {
  /** 480 samples = 20 ms at 24 kHz. Throws a RangeError for any other length. */
  encode(frame: Int16Array): Uint8Array;
  free(): void;
}

export interface OpusDecoder {
  /** 16 kHz mono, whatever rate and channels the packet has; null for a bad packet. */
  decode(packet: Uint8Array): Float32Array | null;
  /** 20 ms to play in place of a lost packet. */
  conceal(): Float32Array;
  free(): void;
}

export interface Opus {
  createEncoder(): OpusEncoder;
  createDecoder(): OpusDecoder;
}

/** 20 ms at 16 kHz. */
const DECODED_FRAME = 320;
/** How many of a kind may be taken before the event loop comes round: a call takes one of each. */
const SPARES = 8;

/** The library makes codecs asynchronously, only to await its module; ready-made spares let a call begin at once. */
async function spares<T>(make: () => Promise<T>): Promise<() => Awaited<T>> {
  const ready = await Promise.all(Array.from({ length: SPARES }, make));
  const refill = async () => {
    try {
      ready.push(await make());
    } catch {
      // Out of memory: the spares run down, and then the line below says so.
    }
  };
  return () => {
    const one = ready.pop();
    if (one === undefined) throw new Error('No Opus codec is left: too many calls began at once.');
    void refill();
    return one;
  };
}

/** libopus, compiled to wasm: 24 kHz mono speech in, 16 kHz mono out. Freeing twice is harmless. */
export async function loadOpus(): Promise<Opus> {
  // 32 kbit/s is transparent for speech; complexity 5 costs a third less than the default and sounds the same.
  const encoders = await spares(() =>
    createEncoder({
      sampleRate: 24_000,
      channels: 1,
      frameSize: 480,
      application: Application.Voip,
      signal: Signal.Voice,
      bitrate: 32_000,
      complexity: 5,
    }),
  );
  const decoders = await spares(() => createDecoder({ sampleRate: 16_000, channels: 1 }));
  return {
    createEncoder: () => {
      const encoder = encoders();
      return { encode: (frame) => encoder.encode(frame), free: () => encoder.free() };
    },
    createDecoder: () => {
      const decoder = decoders();
      return {
        decode: (packet) => {
          try {
            return decoder.decodeFloat(packet);
          } catch {
            return null;
          }
        },
        conceal: () => decoder.decodePacketLossFloat(DECODED_FRAME),
        free: () => decoder.free(),
      };
    },
  };
}
