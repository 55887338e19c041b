/** What a conformance check is: a name, a sentence that a strategy must make true, and a way to see it. */
import { ZerothError } from '../core/errors.js';
import { Harness, type HarnessSettings } from '../core/harness.js';
import type { Query } from '../core/query.js';
import type { Space } from '../core/space.js';
import type { AnyStrategy } from '../core/strategy.js';
import type { TestObjective } from './test-objectives.js';

export interface Check {
  /** Kebab-case; `skip` and reports refer to it. */
  readonly name: string;
  /** What a strategy that passes does. */
  readonly claim: string;
  /** The input that it puts to a strategy, so that the run can be repeated by hand. */
  input(strategy: AnyStrategy): string;
  run(strategy: AnyStrategy): Promise<Outcome> | Outcome;
}

export interface Outcome {
  /** `skipped`: the check does not apply; the detail says why. */
  readonly status: 'passed' | 'failed' | 'skipped';
  /** What was seen, in numbers. */
  readonly detail: string;
}

export interface CheckResult extends Outcome {
  readonly name: string;
  readonly claim: string;
  /** The input that it was seen on, so that it can be seen again. */
  readonly howToSee: string;
}

/** Checks that a strategy is let off, and why: printed with the results. */
export interface Skip {
  readonly reason: string;
  readonly checks: readonly string[];
}

export function outcome(passed: boolean, detail: string): Outcome {
  return { status: passed ? 'passed' : 'failed', detail };
}

export function skipped(reason: string): Outcome {
  return { status: 'skipped', detail: reason };
}

/** A strategy at work on an objective, one question at a time. */
export class Trial {
  readonly harness: Harness;
  private readonly objective: TestObjective;
  private losses = new Float64Array(0);
  private readonly gradient: Float64Array;

  constructor(strategy: AnyStrategy | Harness, objective: TestObjective, settings: HarnessSettings = {}) {
    this.objective = objective;
    this.gradient = new Float64Array(objective.space.dimension);
    try {
      this.harness = strategy instanceof Harness ? strategy : Harness.start(strategy, objective.space, settings);
    } catch (error) {
      throw withInput(error, objective.space, settings.seed, settings.options, 'at the start');
    }
  }

  /**
   * Asks, evaluates and tells once. `see` gets the question before it is answered. False when the strategy diverged.
   * What the strategy throws is told with the input that it was thrown on.
   */
  step(see?: (query: Query, space: Space) => void): boolean {
    const { space, seed, options, step } = this.harness.data;
    try {
      return this.askAndTell(see);
    } catch (error) {
      throw withInput(error, space, seed, options, `at question ${step + 1}`);
    }
  }

  private askAndTell(see?: (query: Query, space: Space) => void): boolean {
    const { harness, objective } = this;
    const query = harness.ask();
    if (query === undefined) return false;
    see?.(query, objective.space);
    if (query.kind === 'losses') {
      if (this.losses.length !== query.population.size) this.losses = new Float64Array(query.population.size);
      objective.losses(query.population, harness.data.step, this.losses);
      harness.receiveLosses(this.losses, query.population.size);
    } else if (query.kind === 'gradient') {
      harness.receiveGradient(objective.gradient(query.point, harness.data.step, this.gradient), this.gradient);
    } else {
      throw new Error("Units' responses come from networks; the conformance kit has none.");
    }
    harness.keepBest();
    harness.pass();
    return true;
  }

  /** Steps until at least so many evaluations (a gradient counts as one) are spent, the target is hit, or the strategy stops. */
  spend(evaluations: number, target = Number.NEGATIVE_INFINITY): this {
    const { cost, best } = this.harness.data;
    while (cost.evaluations + cost.gradients < evaluations && best.loss > target && this.harness.stop() === undefined && this.step()) {}
    return this;
  }

  get best(): number {
    return this.harness.data.best.loss;
  }

  get spent(): number {
    return this.harness.data.cost.evaluations + this.harness.data.cost.gradients;
  }
}

/** The error with the input that a run ended on in its message, so that the run can be repeated. */
function withInput(error: unknown, { dimension, precision }: Space, seed: unknown, options: unknown, when: string): unknown {
  if (!(error instanceof ZerothError)) return error;
  const run = `a run on ${dimension} coordinates in ${precision}, seed ${seed ?? 1}, options ${JSON.stringify(options ?? {})}`;
  error.message = `${error.message} (${when} of ${run})`;
  return error;
}

/** Every coordinate of a question, one candidate after another. */
export function coordinates(query: Query): Float64Array {
  if (query.kind !== 'losses') return Float64Array.from(query.point);
  const { size, dimension, values } = query.population;
  return Float64Array.from(values.subarray(0, size * dimension));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
