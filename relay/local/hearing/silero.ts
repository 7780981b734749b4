import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { HEARING_RATE, VAD_FRAME } from './messages.ts';
import type { Onnx } from './onnx.ts';

/** The tail of the previous frame, put before each one: without it Silero v5 misses onsets at frame borders. */
const CONTEXT = 64;

export interface SileroStream {
  push(frame: Float32Array): Promise<number>;
  reset(): void;
}

export function sileroFile(): URL {
  return new URL(import.meta.resolve('@ricky0123/vad-web/dist/silero_vad_v5.onnx'));
}

/** Silero VAD v5: input [1, 64 + 512], recurrent state [2, 1, 128], one probability out. */
export async function loadSilero(onnx: Onnx): Promise<{ open(): SileroStream }> {
  const { ort } = onnx;
  const session: InferenceSession = await onnx.open(sileroFile());
  const rate = new ort.Tensor('int64', BigInt64Array.of(BigInt(HEARING_RATE)), []);
  const open = (): SileroStream => {
    const input = new Float32Array(CONTEXT + VAD_FRAME);
    let state: Tensor = new ort.Tensor('float32', new Float32Array(256), [2, 1, 128]);
    return {
      push: (frame) =>
        onnx.exclusive(async () => {
          input.copyWithin(0, VAD_FRAME);
          input.set(frame, CONTEXT);
          const result = await session.run({
            input: new ort.Tensor('float32', input, [1, input.length]),
            state,
            sr: rate,
          });
          state = result['stateN']!;
          return (result['output']!.data as Float32Array)[0]!;
        }),
      reset: () =>
        void onnx.exclusive(() => {
          input.fill(0);
          state = new ort.Tensor('float32', new Float32Array(256), [2, 1, 128]);
        }),
    };
  };
  return { open };
}
