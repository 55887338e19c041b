/** The options that every ONNX Runtime session here is made with. */
import type { InferenceSession } from 'onnxruntime-node';
import type { Provider } from './provider.js';

export interface SessionSettings {
  readonly provider: Provider;
  /** Threads inside one session (CPU provider). */
  readonly threads: number;
}

/**
 * The threads of a session spin while a run has more work to share, and sleep between runs: a run of small nodes is over before a
 * sleeping thread has woken, and machines are shared by several workers. On a GPU provider no node may fall back
 * to the CPU in silence: creation fails instead. On the CPU, graphs are not optimized as far as to a blocked layout of
 * convolutions, which depends on the number of filters and so on the size of the population.
 */
export function sessionOptions({ provider, threads }: SessionSettings): InferenceSession.SessionOptions {
  const session: Record<string, unknown> = { intra_op: { allow_spinning: '1' }, force_spinning_stop: '1' };
  if (provider !== 'cpu') session.disable_cpu_ep_fallback = '1';
  return {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    graphOptimizationLevel: provider === 'cpu' ? 'extended' : 'all',
    logSeverityLevel: 3,
    extra: { session },
  };
}
