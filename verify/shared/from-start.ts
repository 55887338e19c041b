/** Evaluations that a strategy takes to 1e-8 from a given start, beside those of other programs from the same one. */
import { readFileSync } from 'node:fs';
import { Optimizer } from '../../src/core/optimizer.js';
import type { AnyStrategy } from '../../src/core/strategy.js';

/** What verify/peers/direct-search.py wrote; null where 1e-8 was not reached. */
export interface Peers {
  readonly most: number;
  readonly starts: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly rows: readonly {
    readonly strategy: string;
    readonly peer: string;
    readonly function: keyof typeof functions;
    readonly dimension: number;
    readonly evaluations: readonly (number | null)[];
  }[];
}

export function readPeers(): Peers {
  return JSON.parse(readFileSync(new URL('../../../verify/peers/direct-search.json', import.meta.url), 'utf8')) as Peers;
}

const functions = {
  rosenbrock: (x: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i + 1 < x.length; i++) sum += 100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2;
    return sum;
  },
  ellipsoid: (x: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += 10 ** ((6 * i) / (x.length - 1)) * x[i] ** 2;
    return sum;
  },
};

/** Infinity where it converged elsewhere or took more than `most`. The range of starts, [-4, 4], sets the first steps. */
export function evaluationsFrom(start: readonly number[], strategy: AnyStrategy, f: keyof typeof functions, most: number): number {
  const dimension = start.length;
  const optimizer = new Optimizer(strategy, {
    dimension,
    precision: 'float64',
    start: [{ offset: 0, length: dimension, kind: 'uniform', low: -4, high: 4 }],
    first: Float64Array.from(start),
  });
  let count = 0;
  while (count < most && optimizer.stop() === undefined) {
    const query = optimizer.ask();
    if (query.kind !== 'losses' || query.population.kind !== 'dense')
      throw new Error(`${strategy.name} asks for more than losses of points`);
    const { size, values } = query.population;
    const losses = new Float64Array(size);
    for (let p = 0; p < size; p++) {
      losses[p] = functions[f](values.subarray(p * dimension, (p + 1) * dimension));
      count++;
      if (losses[p] <= 1e-8) return count;
    }
    optimizer.tell(losses);
  }
  return Number.POSITIVE_INFINITY;
}
