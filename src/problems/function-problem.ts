/**
 * Problems that are functions of D real numbers: ids such as `rastrigin:d10`, float64, a box, least value 0.
 *
 * The optimum's place is drawn from the problem seed, uniform within the middle 80 % of the box and the same for every
 * strategy: with the optimum in the centre, a strategy that drifts to the centre would look better than it is.
 * The suffix `:centred` keeps the textbook place instead.
 */
import { UsageError } from '../core/errors.js';
import type { Objective } from '../core/objective.js';
import { Rng } from '../core/rng.js';
import { boxSpace, type Vector } from '../core/space.js';
import type { OpenOptions, Problem, ProblemFamily } from './problem.js';

/** A function of `z`, least value 0 at z = (place, ..., place). Neither method allocates. */
export interface TestFunction {
  readonly name: string;
  readonly title: string;
  /** Authors, year and title. */
  readonly source: string;
  /** The box, the same for every coordinate. */
  readonly low: number;
  readonly high: number;
  /** Each coordinate of the textbook optimum. */
  readonly place: number;
  readonly leastDimension: number;
  /** All these functions are smooth. */
  readonly convex: boolean;
  value(z: Float64Array): number;
  /** The gradient at `z` into `out`, which is not `z`. */
  gradient(z: Float64Array, out: Vector): void;
}

const largestDimension = 1_000_000;
const defaultDimension = 10;
/** Share of the box, around its centre, where shifted optima lie. */
const shiftShare = 0.8;

/** The family of one function: `NAME:dD`, `NAME:dD:centred`, and ranges `NAME:dA-B` in lists. */
export function functionFamily(f: TestFunction): ProblemFamily {
  const examples = [`${f.name}:d${defaultDimension}`, `${f.name}:d2`, `${f.name}:d30:centred`];
  const malformed = (id: string) =>
    new UsageError(
      `Malformed problem id "${id}". The syntax is ${f.name}:dD or ${f.name}:dD:centred, D a whole number from ` +
        `${f.leastDimension} to ${largestDimension}; for example ${examples[0]}.`,
    );
  const dimensionOf = (id: string, digits: string) => {
    const dimension = Number(digits);
    if (dimension < f.leastDimension || dimension > largestDimension) throw malformed(id);
    return dimension;
  };
  return {
    name: f.name,
    title: f.title,
    examples,
    parse(id) {
      const match = /^[^:(]+(?::d(\d+))?(:centred)?$/.exec(id);
      if (!match) throw malformed(id);
      return functionProblem(f, match[1] === undefined ? defaultDimension : dimensionOf(id, match[1]), match[2] !== undefined);
    },
    expand(id) {
      const match = /^([^:]+):d(\d+)-(\d+)(:centred)?$/.exec(id);
      if (!match) return [id];
      const from = dimensionOf(id, match[2]);
      const to = dimensionOf(id, match[3]);
      if (to < from || to - from >= 1000) throw malformed(id);
      return Array.from({ length: to - from + 1 }, (_, i) => `${match[1]}:d${from + i}${match[4] ?? ''}`);
    },
  };
}

function functionProblem(f: TestFunction, dimension: number, centred: boolean): Problem {
  return {
    id: `${f.name}:d${dimension}${centred ? ':centred' : ''}`,
    title: `${f.title}, ${dimension}-D`,
    kind: 'function',
    dimension,
    optimum: 0,
    classes: { smooth: true, convex: f.convex },
    facts: async () => ({
      bounds: `[${f.low}, ${f.high}]`,
      optimum: centred ? `at ${f.place} in every coordinate` : `drawn by the seed within the middle ${shiftShare * 100} % of the box`,
      source: f.source,
    }),
    open: async (options: OpenOptions) => functionObjective(f, dimension, centred ? undefined : shiftedOptimum(f, dimension, options.seed)),
  };
}

/** The place of the optimum for a seed. */
export function shiftedOptimum(f: TestFunction, dimension: number, seed: number): Float64Array {
  const rng = Rng.seeded(seed).fork('problem').fork(f.name);
  const centre = (f.low + f.high) / 2;
  const width = (f.high - f.low) * shiftShare;
  return Float64Array.from({ length: dimension }, () => centre + width * (rng.uniform() - 0.5));
}

function functionObjective(f: TestFunction, dimension: number, optimum: Float64Array | undefined): Objective {
  const z = new Float64Array(dimension);
  const shift = new Float64Array(dimension);
  if (optimum) for (let i = 0; i < dimension; i++) shift[i] = optimum[i] - f.place;
  const place = (values: Vector, at: number) => {
    for (let i = 0; i < dimension; i++) z[i] = values[at + i] - shift[i];
  };
  return {
    space: boxSpace(dimension, f.low, f.high),
    passesPerEvaluation: 1,
    deterministic: true,
    optimum: 0,
    optimumAt: shift.map((by) => by + f.place),
    losses(population, _step, out) {
      for (let p = 0; p < population.size; p++) {
        place(population.values, p * dimension);
        out[p] = f.value(z);
      }
    },
    gradient(point, _step, out) {
      place(point, 0);
      f.gradient(z, out);
      return f.value(z);
    },
  };
}
