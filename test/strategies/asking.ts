/** Puts a strategy's questions to a test by hand: points as plain arrays, losses as plain numbers. */
import { Rng } from '../../src/core/rng.js';
import type { Space } from '../../src/core/space.js';
import type { Strategy } from '../../src/core/strategy.js';

export class Asking<Options, State> {
  readonly state: State;
  private readonly strategy: Strategy<Options, State>;

  constructor(strategy: Strategy<Options, State>, space: Space, options: object = {}, seed: number | string = 1) {
    this.strategy = strategy;
    this.state = strategy.start(space, strategy.options.parse(options), Rng.seeded(seed));
  }

  /** The asked points. */
  ask(): number[][] {
    const query = this.strategy.ask(this.state);
    if (query.kind !== 'losses') throw new Error(query.kind);
    const { size, dimension, values } = query.population;
    return Array.from({ length: size }, (_, p) => [...values.subarray(p * dimension, (p + 1) * dimension)]);
  }

  tell(...losses: number[]): void {
    this.strategy.tell(this.state, { kind: 'losses', losses: Float64Array.from(losses) });
  }

  /** Asks, evaluates and tells; returns the points. */
  step(f: (x: number[]) => number): number[][] {
    const points = this.ask();
    this.tell(...points.map(f));
    return points;
  }

  get stop(): string | undefined {
    return this.strategy.stop?.(this.state);
  }
}

/** A space without bounds whose first point is the given one; steps are in units of 1. */
export function from(...point: number[]): Space {
  return {
    dimension: point.length,
    precision: 'float64',
    start: point.map((value, offset) => ({ offset, length: 1, kind: 'constant', value })),
  };
}
