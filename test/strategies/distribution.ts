/** Search distributions seen from outside: one generation on a function, and the centre before and after. */
import { Rng } from '../../src/core/rng.js';
import type { Space } from '../../src/core/space.js';
import type { AnyStrategy } from '../../src/core/strategy.js';

/** A space where all first points are `value`, so that units are 1. */
export function fixedStart(dimension: number, value: number, precision: Space['precision'] = 'float64'): Space {
  return { dimension, precision, start: [{ offset: 0, length: dimension, kind: 'constant', value }] };
}

export function start(strategy: AnyStrategy, space: Space, options: object, seed: number | string = 1) {
  return strategy.start(space, strategy.options.parse(options), Rng.seeded(seed));
}

/** Asks, evaluates `loss` at every candidate and tells. */
// biome-ignore lint/suspicious/noExplicitAny: the state of any strategy
export function generation(strategy: AnyStrategy, state: any, loss: (x: ArrayLike<number>) => number): Float64Array {
  const query = strategy.ask(state);
  if (query.kind !== 'losses' || query.population.kind !== 'dense') throw new Error(query.kind);
  const { size, dimension, values } = query.population;
  const losses = Float64Array.from({ length: size }, (_, p) => loss(values.subarray(p * dimension, (p + 1) * dimension)));
  strategy.tell(state, { kind: 'losses', losses });
  return losses;
}
