/** The options that every ONNX Runtime session here is made with. */
import type { InferenceSession } from 'onnxruntime-node';
import type { Provider } from './provider.js';

export interface SessionSettings {
  readonly provider: Provider;
  /** Threads inside one session (CPU provider). */
  readonly threads: number;
}

/**
 * Microseconds that an idle thread of a session spins before it sleeps: in a run, and into the next where that follows soon, because a
 * run of small nodes is half over before a sleeping thread has woken. 4-7-3 on 150 samples, 512 candidates, run after run: 0.60 ms;
 * with threads that sleep as each run ends 0.64; with the runtime's own time, after which a core is still busy 20 ms later, 0.60.
 */
const spinMicroseconds = 1000;

/**
 * On a GPU provider no node may fall back to the CPU in silence: creation fails instead. On the CPU, graphs are not optimized as far
 * as to a blocked layout of convolutions, which depends on the number of filters and so on the size of the population.
 */
export function sessionOptions({ provider, threads }: SessionSettings): InferenceSession.SessionOptions {
  const session: Record<string, unknown> = { intra_op: { allow_spinning: '1', spin_duration_us: String(spinMicroseconds) } };
  if (provider !== 'cpu') session.disable_cpu_ep_fallback = '1';
  return {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    graphOptimizationLevel: provider === 'cpu' ? 'extended' : 'all',
    logSeverityLevel: 3,
    extra: { session },
  };
}
