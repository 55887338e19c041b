/** Which graphs evaluate a network's populations, and how much of a batch and of a population each of them takes. */
import type { Network } from '../../models/network.js';
import { count } from '../../models/shapes.js';
import { blockedFront } from './graph/blocked-images.js';
import { canPrepare, compileLosses } from './graph/compile.js';
import { compileDescribedLosses } from './graph/described.js';
import { coarse, type LossGraphs } from './loss-runs.js';
import type { Provider } from './provider.js';

/**
 * What a run of a population uses where that is enough for one candidate a thread: in parts that stay near the caches, arrays are not
 * fetched from memory again for every node. Two threads, GFLOP/s of 784-32-10 with 256 candidates on 256 samples: 224 whole (75 MB),
 * 235 in parts of 24 MB, 214 of 16, 200 of 10; of 784-128-10 with 64 on 512, 243, 261, 253 and 245; of 784-256-10 with 16 on 1024,
 * 206, 259, 210 and 179. Convolutions hardly mind: 9 us for each candidate and sample with 2 to 50 MB.
 */
const cacheBytes = 24 * 2 ** 20;

/**
 * The same for described populations, whose arrays are few: below the size from which the allocator returns memory to the system after
 * each use. 784-128-10, 256 candidates on 256 samples: 20 to 22 ms in parts of 32 to 128 candidates, 24 in parts of 16, 112 ms whole
 * (two busy cores).
 */
const describedBytes = 32 * 2 ** 20;

/** Populations with blocked convolutions are evaluated on so many samples at once, so that a run can be one of few candidates. */
const blockedSamples = 64;

/** Numbers in a batch's inputs up to which they are prepared outside the graph. */
const mostPrepared = 4096;

/** `block`: the length of the blocks of the CPU provider's convolution kernels, undefined without them. */
export function lossGraphs(network: Network, provider: Provider, block: number | undefined): Omit<LossGraphs, 'fit'> {
  const front = (samples: number) => (block === undefined ? undefined : blockedFront(network, samples, block));
  const features = count(network.input);
  return {
    grain: ({ samples, rank }) => {
      const preferredBytes = rank > 0 ? describedBytes : provider === 'cpu' ? cacheBytes : undefined;
      const blocked = front(samples);
      return blocked === undefined ? { ...coarse, preferredBytes } : { samples: blockedSamples, members: blocked.members, preferredBytes };
    },
    compile: (population, samples, { rank, dropout }) => {
      if (rank > 0) return compileDescribedLosses(network, { population, samples, rank, dropout });
      const prepared = samples * features <= mostPrepared && canPrepare(network);
      return compileLosses(network, { population, samples, dropout, prepared, block });
    },
  };
}
