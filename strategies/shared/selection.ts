/**
 * How parents are chosen by their rank: tournaments, linear ranking (Baker 1985), truncation, roulette. The closed forms are in the test.
 */
import type { Rng } from '../../src/core/rng.js';

export interface SelectionOptions {
  readonly selection: 'tournament' | 'rank' | 'truncation' | 'roulette';
  /** Individuals in one tournament. */
  readonly tournamentSize: number;
  /** For rank: expected copies of the best among as many draws as individuals, 1 to 2. */
  readonly selectionPressure: number;
  /** For truncation: the share that may become parents. */
  readonly truncationShare: number;
}

/** The rank, 0 the best, of one parent among `size`. `wheel`: for roulette, from `spinWeights`. */
export function selectRank(settings: SelectionOptions, wheel: Float64Array, size: number, rng: Rng): number {
  switch (settings.selection) {
    case 'tournament': {
      let best = rng.below(size);
      for (let k = 1; k < settings.tournamentSize; k++) best = Math.min(best, rng.below(size));
      return best;
    }
    case 'rank': {
      // Linear ranking is a mixture: the better of two different draws with probability pressure - 1, else any.
      const a = rng.below(size);
      if (size === 1 || !rng.chance(settings.selectionPressure - 1)) return a;
      const b = rng.below(size - 1);
      return Math.min(a, b >= a ? b + 1 : b);
    }
    case 'truncation':
      return rng.below(Math.ceil(settings.truncationShare * size));
    default: {
      const at = rng.uniform() * wheel[size - 1];
      let low = 0;
      let high = size - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (wheel[middle] > at) high = middle;
        else low = middle + 1;
      }
      return low;
    }
  }
}

/**
 * Roulette weights, as sums up to each rank below `size`: how far a loss is below the worst finite one; all equal where none is.
 * Failed candidates get none.
 */
export function spinWeights(losses: Float64Array, order: Int32Array, size: number, wheel: Float64Array): void {
  let worst = -Infinity;
  for (const loss of losses) if (loss < Infinity && loss > worst) worst = loss;
  const flat = !(losses[order[0]] < worst);
  let sum = 0;
  for (let rank = 0; rank < size; rank++) {
    const loss = losses[order[rank]];
    if (loss < Infinity || worst === -Infinity) sum += flat ? 1 : worst - loss;
    wheel[rank] = sum;
  }
}
