/**
 * The program of a trial's child process: makes a session on the provider that its argument names, runs the trial graph,
 * and sends one message with what happened. Some failures end the process instead, which is why it is one of its own.
 */
import * as ort from 'onnxruntime-node';
import type { Provider } from './provider.js';
import { sessionOptions } from './session-options.js';
import { trialGraph, trialSize } from './trial-graph.js';

/** What the child sends. */
export type TrialMessage = { readonly milliseconds: number } | { readonly error: string };

/** A run that takes longer than this is not repeated. */
const slowMilliseconds = 500;

async function trial(provider: Provider): Promise<TrialMessage> {
  const session = await ort.InferenceSession.create(trialGraph(), sessionOptions({ provider, threads: 0 }));
  const dims = [trialSize, trialSize];
  const x = new ort.Tensor('float32', new Float32Array(trialSize ** 2).fill(1 / trialSize), dims);
  const y = new Float32Array(trialSize ** 2);
  const outputs = { y: new ort.Tensor('float32', y, dims) };
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5 && (run < 2 || best < slowMilliseconds); run++) {
    const start = performance.now();
    await session.run({ x }, outputs);
    best = Math.min(best, performance.now() - start);
  }
  // every element of x is 1/512, so is every element of each product
  if (!y.every((value) => Math.abs(value * trialSize - 1) < 1e-4)) return { error: 'it gave wrong numbers for a product of matrices' };
  return { milliseconds: best };
}

const message: TrialMessage = await trial(process.argv[2] as Provider).catch((error: unknown) => ({
  error: error instanceof Error ? error.message : String(error),
}));
// a GPU driver that is torn down badly must not spoil the answer: leave at once
process.send?.(message, () => process.exit(0));
