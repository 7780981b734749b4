const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;

interface WavFormat {
  coding: number;
  channels: number;
  rate: number;
  bits: number;
}

/** RIFF chunks, clamped to the file: recorders that were killed leave sizes of 0 or 0xffffffff. */
function* chunks(view: DataView): Generator<{ id: string; body: DataView }> {
  let offset = 12;
  while (offset + 8 <= view.byteLength) {
    const id = String.fromCharCode(...Array.from({ length: 4 }, (_, index) => view.getUint8(offset + index)));
    const stated = view.getUint32(offset + 4, true);
    const rest = view.byteLength - offset - 8;
    const size = id === 'data' && stated === 0 ? rest : Math.min(stated, rest);
    yield { id, body: new DataView(view.buffer, view.byteOffset + offset + 8, size) };
    offset += 8 + size + (size % 2);
  }
}

function readFormat(body: DataView): WavFormat {
  if (body.byteLength < 16) throw new Error('This WAV file has a broken format chunk.');
  const stated = body.getUint16(0, true);
  // In WAVE_FORMAT_EXTENSIBLE the real coding is the first word of the sub-format GUID.
  const coding = stated === EXTENSIBLE && body.byteLength >= 26 ? body.getUint16(24, true) : stated;
  return { coding, channels: body.getUint16(2, true), rate: body.getUint32(4, true), bits: body.getUint16(14, true) };
}

function sampleReader({ coding, bits }: WavFormat): (body: DataView, offset: number) => number {
  if (coding === PCM && bits === 16) return (body, offset) => body.getInt16(offset, true) / 0x8000;
  if (coding === FLOAT && bits === 32) return (body, offset) => body.getFloat32(offset, true);
  throw new Error(
    `This WAV file holds ${bits}-bit samples of coding ${coding}; only 16-bit PCM and 32-bit float are read. Convert it, for example with: ffmpeg -i in.wav -c:a pcm_s16le out.wav`,
  );
}

/** Reads 16-bit PCM or 32-bit float WAV, mixed to mono in -1..1; `rate` in Hz. Throws an Error that says what is wrong. */
export function readWav(bytes: Uint8Array): { samples: Float32Array; rate: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || view.getUint32(0) !== 0x52494646 || view.getUint32(8) !== 0x57415645) {
    throw new Error('This is not a WAV file: it does not begin with RIFF … WAVE.');
  }
  let format: WavFormat | undefined;
  for (const { id, body } of chunks(view)) {
    if (id === 'fmt ') format = readFormat(body);
    if (id !== 'data') continue;
    if (!format) throw new Error('This WAV file has sound before its format; it cannot be read.');
    const { channels, rate, bits } = format;
    const read = sampleReader(format);
    if (channels < 1 || channels > 32) throw new Error(`This WAV file says it has ${channels} channels.`);
    if (rate < 1000 || rate > 768_000) throw new Error(`This WAV file says its rate is ${rate} Hz.`);
    const width = bits / 8;
    const samples = new Float32Array(Math.floor(body.byteLength / (width * channels)));
    for (let index = 0; index < samples.length; index++) {
      let sum = 0;
      for (let channel = 0; channel < channels; channel++) sum += read(body, (index * channels + channel) * width);
      const mono = sum / channels;
      // A float file may hold NaN; one NaN would poison every filter after it.
      samples[index] = Number.isFinite(mono) ? mono : 0;
    }
    return { samples, rate };
  }
  throw new Error('This WAV file holds no sound: it has no data chunk.');
}

/** 16-bit PCM mono; samples beyond -1..1 are clipped. */
export function writeWav(samples: Float32Array, rate: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const word = (offset: number, text: string) =>
    [...text].forEach((letter, index) => view.setUint8(offset + index, letter.charCodeAt(0)));
  word(0, 'RIFF');
  view.setUint32(4, 36 + samples.length * 2, true);
  word(8, 'WAVE');
  word(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, PCM, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  word(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, index) => {
    view.setInt16(44 + index * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 0x7fff), true);
  });
  return new Uint8Array(view.buffer);
}
