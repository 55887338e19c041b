/** The Moré-Wild problems in their four forms. */
import type { Objective } from '../../core/objective.js';
import type { Space, Vector } from '../../core/space.js';
import { type Draws, NoiseStream } from '../noise-stream.js';
import type { Classes, Problem } from '../problem.js';
import { minimizerOf } from './minimizers.js';
import { type Entry, entries } from './table.js';

/**
 * smooth: sum of F_i^2. nondiff: sum of |F_i|, piecewise smooth. wild3: the smooth form times 1 + 0.001 phi(x), a fast
 * oscillation that is the same at every evaluation. noisy3: every F_i times 1 + 0.001 u_i, u_i uniform in [-1, 1] and new at
 * every evaluation.
 */
export const forms = ['smooth', 'nondiff', 'wild3', 'noisy3'] as const;
export type Form = (typeof forms)[number];

export const problemCount = entries.length;

const sigma = 1e-3;
/** Functions whose nondiff form takes negative coordinates as 0, where their model would not be defined or grow wildly. */
const clamped = new Set([8, 9, 13, 16, 17, 18]);

/** The published starting point of problem `number`, 1 to 53. */
export function startingPoint(number: number): Float64Array {
  const { f, n, startScale } = entries[number - 1];
  return Float64Array.from(f.start(n), (x) => startScale * x);
}

/** `number` from 1 to 53. */
export function moreWildProblem(number: number, form: Form): Problem {
  const entry = entries[number - 1];
  const { f, functionNumber, n, m, startScale } = entry;
  const start = startingPoint(number);
  // residuals that can all be 0 make every form 0; the other known minima are those of the sum of squares
  const least = minimizerOf(functionNumber, n, m, form);
  const linear = form === 'nondiff' && least !== undefined && entry.least !== 0;
  const optimum = linear ? evaluatorOf(entry, form)(least) : entry.least === 0 || form === 'smooth' ? entry.least : undefined;
  return {
    id: `more-wild:${number}${form === 'smooth' ? '' : `:${form}`}`,
    title: `Moré-Wild ${number}: ${f.title}, n = ${n}, m = ${m}${startScale === 10 ? ', start times 10' : ''}, ${form}`,
    kind: 'function',
    dimension: n,
    ...(optimum === undefined ? {} : { optimum }),
    classes: classesOf(entry, form),
    facts: async () => ({
      function: functionNumber,
      residuals: m,
      form,
      startScale,
      start: `[${start.join(', ')}]`,
      firstPoints: 'normal around the start; deviation a tenth of each coordinate, 0.1 where it is 0',
      ...(optimum === undefined ? {} : { optimum }),
      ...(least === undefined ? {} : { optimumAt: `[${least.join(', ')}]` }),
      bounds: 'none',
      source: 'J. J. Moré and S. M. Wild 2009, Benchmarking derivative-free optimization algorithms',
    }),
    open: async ({ seed }) => objectiveOf(entry, form, start, optimum, least, seed),
  };
}

/**
 * Functions whose sums of squares and of absolute values are convex: the linear ones (1 to 3), and those whose residuals are
 * linear or are squares and sums of squares, never negative (6 and 19).
 */
const convexFunctions = new Set([1, 2, 3, 6, 19]);
/** Not known to be either: no proof, and no chord below the function was found. Of all others one was. */
const undecided = new Set([14, 21]);

function classesOf({ functionNumber }: Entry, form: Form): Classes {
  const known = (form === 'smooth' || form === 'nondiff') && !undecided.has(functionNumber);
  return { smooth: form === 'smooth', ...(known && { convex: convexFunctions.has(functionNumber) }) };
}

function spaceOf(start: Float64Array): Space {
  return {
    dimension: start.length,
    precision: 'float64',
    start: Array.from(start, (mean, offset) => ({
      offset,
      length: 1,
      kind: 'normal',
      mean,
      deviation: mean === 0 ? 0.1 : 0.1 * Math.abs(mean),
    })),
  };
}

function objectiveOf(
  entry: Entry,
  form: Form,
  start: Float64Array,
  optimum: number | undefined,
  least: Float64Array | undefined,
  seed: number,
): Objective {
  const { n } = entry;
  const x = new Float64Array(n);
  const value = evaluatorOf(entry, form);
  const stream = form === 'noisy3' ? new NoiseStream(seed) : undefined;
  const exact = evaluatorOf(entry, 'smooth');
  return {
    space: spaceOf(start),
    passesPerEvaluation: 1,
    deterministic: stream === undefined,
    ...(optimum === undefined ? {} : { optimum }),
    ...(least === undefined ? {} : { optimumAt: least }),
    publishedStart: start,
    losses({ values, size }, step, out) {
      const draws = stream?.at(step);
      for (let p = 0, at = 0; p < size; p++) {
        for (let i = 0; i < n; i++, at++) x[i] = values[at];
        out[p] = value(x, draws);
      }
    },
    ...(form === 'smooth' ? { gradient: gradientOf(entry) } : {}),
    // what the noisy form is judged by: the value without its noise
    ...(stream
      ? {
          metrics(point: Vector) {
            x.set(point);
            return { trainLoss: exact(x) };
          },
        }
      : {}),
  };
}

function evaluatorOf({ f, functionNumber, n, m }: Entry, form: Form): (x: Float64Array, draws?: Draws) => number {
  const residuals = new Float64Array(m);
  const inside = new Float64Array(n);
  const clamp = form === 'nondiff' && clamped.has(functionNumber);
  return (x, draws) => {
    if (clamp) for (let i = 0; i < n; i++) inside[i] = Math.max(0, x[i]);
    f.residuals(clamp ? inside : x, residuals);
    let sum = 0;
    for (let i = 0; i < m; i++) {
      let r = residuals[i];
      if (draws) r *= 1 + sigma * (2 * draws.uniform() - 1);
      sum += form === 'nondiff' ? Math.abs(r) : r * r;
    }
    return form === 'wild3' ? sum * (1 + sigma * wildness(x)) : sum;
  };
}

/** phi: the third Chebyshev polynomial of a mixture of fast waves in the 1-norm, maximum norm and 2-norm of x; within [-1, 1]. */
export function wildness(x: Float64Array): number {
  let sum = 0;
  let most = 0;
  let squares = 0;
  for (let i = 0; i < x.length; i++) {
    const size = Math.abs(x[i]);
    sum += size;
    squares += size * size;
    if (size > most) most = size;
  }
  const wave = 0.9 * Math.sin(100 * sum) * Math.cos(100 * most) + 0.1 * Math.cos(Math.sqrt(squares));
  return wave * (4 * wave * wave - 3);
}

/** 2 J' F, and the sum of squares. */
function gradientOf({ f, n, m }: Entry): (point: Vector, step: number, out: Vector) => number {
  const x = new Float64Array(n);
  const residuals = new Float64Array(m);
  const jacobian = new Float64Array(m * n);
  return (point, _step, out) => {
    x.set(point);
    f.residuals(x, residuals);
    f.jacobian(x, m, jacobian);
    let sum = 0;
    out.fill(0);
    for (let i = 0, at = 0; i < m; i++) {
      sum += residuals[i] * residuals[i];
      for (let k = 0; k < n; k++, at++) out[k] += 2 * residuals[i] * jacobian[at];
    }
    return sum;
  };
}
