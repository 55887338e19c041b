/** What a conformance check is: a name, a sentence that a strategy must make true, and a way to see it. */
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
  run(strategy: AnyStrategy): Promise<Outcome> | Outcome;
}

export interface Outcome {
  /** `skipped`: the check does not apply; the detail says why. */
  readonly status: 'passed' | 'failed' | 'skipped';
  /** What was seen, in numbers. */
  readonly detail: string;
  /** The run that shows it, so that it can be repeated by hand. */
  readonly howToSee: string;
}

export interface CheckResult extends Outcome {
  readonly name: string;
  readonly claim: string;
}

/** Checks that a strategy is let off, and why: printed with the results. */
export interface Skip {
  readonly reason: string;
  readonly checks: readonly string[];
}

export function outcome(passed: boolean, detail: string, howToSee: string): Outcome {
  return { status: passed ? 'passed' : 'failed', detail, howToSee };
}

export function skipped(reason: string): Outcome {
  return { status: 'skipped', detail: reason, howToSee: '' };
}

/** A strategy at work on an objective, one question at a time. */
export class Trial {
  readonly harness: Harness;
  private readonly objective: TestObjective;
  private losses = new Float64Array(0);
  private readonly gradient: Float64Array;

  constructor(strategy: AnyStrategy | Harness, objective: TestObjective, settings: HarnessSettings = {}) {
    this.harness = strategy instanceof Harness ? strategy : Harness.start(strategy, objective.space, settings);
    this.objective = objective;
    this.gradient = new Float64Array(objective.space.dimension);
  }

  /** Asks, evaluates and tells once. `see` gets the question before it is answered. False when the strategy diverged. */
  step(see?: (query: Query, space: Space) => void): boolean {
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
