import { HEARING_RATE } from '../hearing/messages.ts';
import { ProtocolError } from '../session/errors.ts';
import { resample } from './resample.ts';
import { decodeSound, rateOf, type SoundFormat } from './sound-format.ts';

/** What one `input_audio_buffer.append` can carry, as base64. */
export const MAX_APPEND_BYTES = 15 * 1024 * 1024;

/** Samples on each side of a piece that its resampling reaches into: more than the resampler's filter; divides by 3. */
const REACH = 48;

/**
 * Makes one stream of 16 kHz sound of what a client appends, piece by piece. The seams are not heard: each piece is
 * resampled with what came before it, which delays the stream by 2 ms (6 ms at 8 kHz) but loses none of its length.
 */
export class AppendedSound {
  #rate = 0;
  #past = new Float32Array(0);

  /** Any length of base64. Throws a `ProtocolError`, having changed nothing, when it is no sound of this format. */
  take(base64: string, format: SoundFormat): Float32Array {
    const sound = decodeSound(toBytes(base64, format), format);
    const rate = rateOf(format);
    const past = rate === this.#rate ? this.#past : new Float32Array(2 * REACH);
    const all = new Float32Array(past.length + sound.length);
    all.set(past);
    all.set(sound, past.length);

    // 24 kHz goes into 16 kHz by threes: one or two samples may wait for the next piece.
    const whole = all.length - (all.length % (rate > HEARING_RATE ? 3 : 1));
    const from = whole - 2 * REACH;
    this.#rate = rate;
    this.#past = all.slice(from);
    const ratio = HEARING_RATE / rate;
    return resample(all.subarray(0, whole), rate, HEARING_RATE).subarray(REACH * ratio, (REACH + from) * ratio);
  }
}

function toBytes(base64: string, { type }: SoundFormat): Uint8Array {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) throw refused('is not valid base64');
  const bytes = Buffer.from(base64, 'base64');
  if (type === 'audio/pcm' && bytes.length % 2 !== 0) throw refused('has half a sample at its end');
  return bytes;
}

function refused(what: string): ProtocolError {
  return new ProtocolError(
    'invalid_value',
    `Invalid 'audio': it ${what}. Expected base64-encoded mono sound in the format of session.audio.input.`,
    'audio',
  );
}
