import { setImmediate } from 'node:timers/promises';
import type { Tensor } from 'onnxruntime-web';
import { onlyVoice, unitFrames, type Frames } from './frames.ts';
import { HEARING_RATE } from './messages.ts';
import type { Onnx } from './onnx.ts';
import { cutIntoPieces } from './pieces.ts';
import { chooseToken, END, loopedTokens, mostTokens, START } from './tokens.ts';

/** The shape of Moonshine Tiny. */
const LAYERS = 6;
const HEADS = 8;
const HEAD_SIZE = 36;
/** Less than this makes the encoder's first convolution throw, or holds no word; samples. */
const SHORTEST = 0.3 * HEARING_RATE;

/** Longer than any phrase in the book, however slowly it is said; samples. */
const LONGEST_PHRASE = 8 * HEARING_RATE;

/** Softer than this nobody spoke, and a decoder that must say something would make it up ("You"). */
const SOFTEST = 0.002;

export interface Recogniser {
  /** 16 kHz mono speech → English text, empty when there is none. */
  recognise(samples: Float32Array): Promise<string>;
  /** 16 kHz mono speech of any language → how its voice sounds to the encoder; null when nobody spoke. */
  frames(samples: Float32Array): Promise<Frames | null>;
}

/** The package exports only its bundle; the models lie beside it. */
export function moonshineFiles(): { encoder: URL; decoder: URL } {
  const folder = new URL('./model/tiny/quantized/', import.meta.resolve('@moonshine-ai/moonshine-js'));
  return { encoder: new URL('encoder_model.onnx', folder), decoder: new URL('decoder_model_merged.onnx', folder) };
}

function emptyCache({ ort }: Onnx): Record<string, Tensor> {
  const names = Array.from({ length: LAYERS }, (_, layer) =>
    ['decoder.key', 'decoder.value', 'encoder.key', 'encoder.value'].map((part) => `past_key_values.${layer}.${part}`),
  );
  return Object.fromEntries(
    names.flat().map((name) => [name, new ort.Tensor('float32', new Float32Array(0), [0, HEADS, 1, HEAD_SIZE])]),
  );
}

export async function loadMoonshine(onnx: Onnx): Promise<Recogniser> {
  const files = moonshineFiles();
  const encoder = await onnx.open(files.encoder);
  const decoder = await onnx.open(files.decoder);
  const { default: tokenizer } = await import('llama-tokenizer-js');
  const { ort } = onnx;

  /** Takes its turn a token at a time, and lets waiting messages in between: the VAD goes on listening. */
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    await setImmediate();
    return onnx.exclusive(work);
  };

  const encode = (samples: Float32Array) =>
    inTurn(() => encoder.run({ input_values: new ort.Tensor('float32', samples, [1, samples.length]) }));

  const nobodySpoke = (samples: Float32Array): boolean =>
    samples.length < SHORTEST || !samples.some((sample) => Math.abs(sample) > SOFTEST);

  const frames = async (samples: Float32Array): Promise<Frames | null> => {
    if (nobodySpoke(samples)) return null;
    const voice = onlyVoice(samples.subarray(0, LONGEST_PHRASE));
    if (voice.length < SHORTEST) return null;
    const encoded = (await encode(voice))['last_hidden_state']!;
    return unitFrames(encoded.data as Float32Array, encoded.dims[2]!);
  };

  const transcribe = async (samples: Float32Array): Promise<string> => {
    if (nobodySpoke(samples)) return '';
    const encoded = await encode(samples);
    const cache = emptyCache(onnx);
    const tokens: number[] = [];
    for (let most = mostTokens(samples.length / HEARING_RATE); most > 0; most--) {
      const first = tokens.length === 0;
      const feeds = {
        ...cache,
        input_ids: new ort.Tensor('int64', BigInt64Array.of(BigInt(tokens.at(-1) ?? START)), [1, 1]),
        encoder_hidden_states: encoded['last_hidden_state']!,
        use_cache_branch: new ort.Tensor('bool', [!first], [1]),
      };
      const result = await inTurn(() => decoder.run(feeds));
      const token = chooseToken(result['logits']!.data as Float32Array, first);
      if (token === END) break;
      tokens.push(token);
      for (const name of Object.keys(cache)) {
        // The encoder's part is computed once; later outputs of it are empty.
        if (first || name.includes('.decoder.')) cache[name] = result[name.replace('past_key_values', 'present')]!;
      }
      const looped = loopedTokens(tokens);
      if (looped > 0) {
        tokens.splice(-looped);
        break;
      }
    }
    return tokenizer.decode([START, ...tokens]).trim();
  };

  const recognise = async (samples: Float32Array): Promise<string> => {
    const texts: string[] = [];
    for (const piece of cutIntoPieces(samples)) texts.push(await transcribe(piece));
    return texts.filter((text) => text !== '').join(' ');
  };
  // Wasm code is compiled at its first use: a tone now saves a person 100 ms in their first turn.
  await recognise(new Float32Array(HEARING_RATE).map((_zero, index) => Math.sin(index / 10) / 4));
  return { recognise, frames };
}
