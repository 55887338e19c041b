/** A plain function of a point as an objective. */
import { UsageError } from './errors.js';
import type { Objective } from './objective.js';
import { CandidateError, WrongAnswer } from './objective-error.js';
import { checkFunction, checkSettings, shown } from './settings-check.js';
import type { Space } from './space.js';
import { checkDimension, checkSpaceForm } from './space-check.js';

/** Loss at `x`. `x` is reused by the next call: copy it to keep it. */
export type LossFunction = (x: Float64Array) => number | Promise<number>;

export interface FunctionOptions {
  /** The least possible loss, where it is known. */
  readonly optimum?: number;
  /** False when the same point can give different losses. Default true. */
  readonly deterministic?: boolean;
  /** Writes the gradient at `x` into `out`; without it only strategies that need losses alone can work. */
  readonly gradient?: (x: Float64Array, out: Float64Array) => void;
}

/** The objective that minimizes `f` over `space`. Candidates are evaluated one after another, in the population's order. Throws UsageError. */
export function functionObjective(f: LossFunction, space: Space, options: FunctionOptions = {}): Objective {
  checkFunction('The objective', f ?? null);
  checkSpaceForm(space);
  checkSettings('functionObjective', options, ['optimum', 'deterministic', 'gradient']);
  checkFunction('gradient', options.gradient);
  const { dimension } = space;
  const x = new Float64Array(dimension);
  const slope = new Float64Array(dimension);
  const { gradient, optimum, deterministic = true } = options;

  async function continueFrom(
    first: number,
    pending: Promise<number>,
    values: ArrayLike<number>,
    size: number,
    out: Float64Array,
  ): Promise<void> {
    let p = first;
    try {
      out[p] = checked(await pending);
      for (p++; p < size; p++) {
        copyRow(values, p * dimension, x);
        out[p] = checked(await f(x));
      }
    } catch (error) {
      throw new CandidateError(p, error);
    }
  }

  const objective: Objective = {
    space,
    passesPerEvaluation: 1,
    deterministic,
    ...(optimum === undefined ? {} : { optimum }),
    losses(population, _step, out) {
      let p = 0;
      try {
        for (; p < population.size; p++) {
          copyRow(population.values, p * dimension, x);
          const loss = f(x);
          if (isPromise(loss)) return continueFrom(p, loss, population.values, population.size, out);
          out[p] = checked(loss);
        }
      } catch (error) {
        throw new CandidateError(p, error);
      }
    },
  };
  if (gradient === undefined) return objective;
  return {
    ...objective,
    gradient(point, _step, out) {
      copyRow(point, 0, x);
      slope.fill(Number.NaN); // a coordinate that is left out has failed
      checkGradient(gradient(x, slope), slope);
      out.set(slope);
      copyRow(point, 0, x);
      const loss = f(x);
      return isPromise(loss) ? loss.then(checked) : checked(loss);
    },
  };
}

function copyRow(values: ArrayLike<number>, at: number, x: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i] = values[at + i];
}

function isPromise(loss: number | Promise<number>): loss is Promise<number> {
  return typeof loss === 'object' && loss !== null && 'then' in loss;
}

function checked(loss: unknown): number {
  if (typeof loss !== 'number') throw new WrongAnswer(`it must return a number, the loss at x; it returned ${kindOf(loss)}`);
  return loss;
}

function checkGradient(returned: unknown, slope: Float64Array): void {
  const nothing = slope.every(Number.isNaN);
  if (returned === undefined || returned === slope || !nothing) return;
  throw new WrongAnswer(`gradient must write into out, its second argument, at once; it wrote nothing and returned ${kindOf(returned)}`);
}

function kindOf(value: unknown): string {
  if (typeof value === 'bigint') return `the bigint ${value}n`;
  if (typeof value === 'string') return `the text ${shown(value)}`;
  if (value instanceof Promise) return 'a promise';
  return shown(value);
}

/** A space over all real numbers, first points normal around `mean`. Throws UsageError on numbers that are not finite, or a deviation below 0. */
export function openSpace(dimension: number, mean: number, deviation: number, precision: Space['precision'] = 'float64'): Space {
  checkDimension(dimension);
  if (!Number.isFinite(mean) || !Number.isFinite(deviation) || deviation < 0) {
    throw new UsageError(`openSpace needs a finite mean and a deviation of at least 0; got ${mean} and ${deviation}.`);
  }
  return { dimension, precision, start: [{ offset: 0, length: dimension, kind: 'normal', mean, deviation }] };
}
