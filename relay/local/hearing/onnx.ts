import { readFile } from 'node:fs/promises';
import type { InferenceSession } from 'onnxruntime-web';

export type Ort = typeof import('onnxruntime-web');

/**
 * One onnxruntime for both models, in the thread that imports this. A second runtime would cost 270 MB; and runs are
 * taken in turn because onnxruntime-web keeps the arguments of a run on one wasm stack.
 */
export interface Onnx {
  ort: Ort;
  open(file: URL): Promise<InferenceSession>;
  /** Runs `work` when nothing else uses the runtime, first come first served. */
  exclusive<T>(work: () => T | Promise<T>): Promise<T>;
}

export async function loadOnnx(): Promise<Onnx> {
  const ort = await import('onnxruntime-web');
  // This thread is already the background one, and more threads would contend with the call for cores.
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  let last: Promise<unknown> = Promise.resolve();
  const exclusive = <T>(work: () => T | Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    ort,
    exclusive,
    open: async (file) => {
      const model = await readFile(file);
      return exclusive(() => ort.InferenceSession.create(model, { executionProviders: ['wasm'] }));
    },
  };
}
