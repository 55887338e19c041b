/** The functions that the conformance kit puts to strategies: with gradients, in either precision, anywhere. */
import type { Objective } from '../core/objective.js';
import type { DensePopulation } from '../core/population.js';
import { Rng } from '../core/rng.js';
import type { Precision, Space, Vector } from '../core/space.js';

/** An objective whose answers come at once. */
export interface TestObjective extends Objective {
  losses(population: DensePopulation, step: number, out: Float64Array): void;
  gradient(point: Vector, step: number, out: Vector): number;
}

export interface TestFunction {
  /** Loss at `x[at .. at + dimension)`. */
  value(x: ArrayLike<number>, at: number, dimension: number): number;
  /** Adds nothing: writes the gradient at `x` into `out`. */
  slope(x: ArrayLike<number>, out: Vector): void;
}

/** sum x_i^2. */
export const sphere: TestFunction = {
  value(x, at, dimension) {
    let sum = 0;
    for (let i = at; i < at + dimension; i++) sum += x[i] * x[i];
    return sum;
  },
  slope(x, out) {
    for (let i = 0; i < out.length; i++) out[i] = 2 * x[i];
  },
};

/** sum 100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2: Rosenbrock 1960; in one coordinate (1 - x)^2. */
export const rosenbrock: TestFunction = {
  value(x, at, dimension) {
    if (dimension === 1) return (1 - x[at]) ** 2;
    let sum = 0;
    for (let i = at; i < at + dimension - 1; i++) {
      const a = x[i + 1] - x[i] * x[i];
      const b = 1 - x[i];
      sum += 100 * a * a + b * b;
    }
    return sum;
  },
  slope(x, out) {
    out.fill(0);
    if (out.length === 1) out[0] = -2 * (1 - x[0]);
    for (let i = 0; i < out.length - 1; i++) {
      const a = x[i + 1] - x[i] * x[i];
      out[i] += -400 * a * x[i] - 2 * (1 - x[i]);
      out[i + 1] += 200 * a;
    }
  },
};

/** x' A x / 2 for a symmetric matrix given by rows. */
export function quadratic(matrix: readonly (readonly number[])[]): TestFunction {
  const product = (x: ArrayLike<number>, at: number, i: number) => matrix[i].reduce((sum, a, j) => sum + a * x[at + j], 0);
  return {
    value(x, at, dimension) {
      let sum = 0;
      for (let i = 0; i < dimension; i++) sum += x[at + i] * product(x, at, i);
      return sum / 2;
    },
    slope(x, out) {
      for (let i = 0; i < out.length; i++) out[i] = product(x, 0, i);
    },
  };
}

/** A function over a space, moved by `shift` (one number each coordinate, or one for all): x -> f(x - shift). */
export function over(f: TestFunction, space: Space, shift: ArrayLike<number> | number = 0): TestObjective {
  const { dimension } = space;
  const moved = new Float64Array(dimension);
  const move = (x: Vector, at: number) => {
    for (let i = 0; i < dimension; i++) moved[i] = x[at + i] - (typeof shift === 'number' ? shift : shift[i]);
  };
  return {
    space,
    passesPerEvaluation: 1,
    deterministic: true,
    losses({ size, values }, _step, out) {
      for (let p = 0; p < size; p++) {
        move(values, p * dimension);
        out[p] = f.value(moved, 0, dimension);
      }
    },
    gradient(point, _step, out) {
      move(point, 0);
      f.slope(moved, out);
      return f.value(moved, 0, dimension);
    },
  };
}

/** The same objective with its losses changed; gradients stay. */
export function withLosses(objective: TestObjective, change: (loss: number, p: number, step: number) => number): TestObjective {
  return {
    ...objective,
    losses(population, step, out) {
      objective.losses(population, step, out);
      for (let p = 0; p < population.size; p++) out[p] = change(out[p], p, step);
    },
    gradient: (point, step, out) => change(objective.gradient(point, step, out), 0, step),
  };
}

/** [-5, 5]^D, first points uniform there. */
export function bbobBox(dimension: number, precision: Precision = 'float64'): Space {
  return {
    dimension,
    precision,
    bounds: { lower: new Float64Array(dimension).fill(-5), upper: new Float64Array(dimension).fill(5) },
    start: [{ offset: 0, length: dimension, kind: 'uniform', low: -5, high: 5 }],
  };
}

/** The same for strategies that follow gradients or need bounds, and for others: normal starts, bounds only if needed. */
export function normalSpace(dimension: number, mean: number, deviation: number, bounded: boolean, precision: Precision = 'float64'): Space {
  const reach = 1000;
  return {
    dimension,
    precision,
    ...(bounded
      ? { bounds: { lower: new Float64Array(dimension).fill(mean - reach), upper: new Float64Array(dimension).fill(mean + reach) } }
      : {}),
    start: [{ offset: 0, length: dimension, kind: 'normal', mean, deviation }],
  };
}

/** Where the optimum lies in the run with this seed: uniform in [-reach, reach]. */
export function optimumAt(dimension: number, reach: number, seed: number): Float64Array {
  const rng = Rng.seeded(seed).fork('optimum');
  return Float64Array.from({ length: dimension }, () => reach * (2 * rng.uniform() - 1));
}
