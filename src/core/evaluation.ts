/** Puts a run's questions to its objective, as much of each as fits the budget, and says what was known where the objective fails. */
import { lacks } from './fit.js';
import type { Harness } from './harness.js';
import type { Objective } from './objective.js';
import { CandidateError, objectiveFailed, WrongAnswer } from './objective-error.js';
import { type Population, writeCandidate } from './population.js';
import type { Query } from './query.js';
import type { Run } from './run.js';
import { shown } from './settings-check.js';
import type { Vector } from './space.js';

export class Evaluation {
  private readonly objective: Objective;
  private readonly harness: Harness;
  private readonly book: Run;
  private losses = new Float64Array(0);
  private readonly slope: Vector;

  constructor(objective: Objective, harness: Harness, book: Run) {
    this.objective = objective;
    this.harness = harness;
    this.book = book;
    this.slope = objective.gradient === undefined ? harness.data.best.point.subarray(0, 0) : harness.data.best.point.slice();
  }

  /** Evaluates as much of the question as fits, and books it. Returns whether all of it did. Throws ObjectiveError. */
  async answer(query: Query<Population>): Promise<boolean> {
    const { book, harness, slope } = this;
    const fits = book.fitting(query);
    if (fits === 0) return false;
    const { cost } = harness.data;
    const started = performance.now();
    const spend = () => {
      cost.secondsEvaluate += (performance.now() - started) / 1000;
    };
    switch (query.kind) {
      case 'losses': {
        const { population } = query;
        await this.evaluate(population, fits);
        spend();
        await book.tookLosses(harness.receiveLosses(this.losses, fits));
        return fits === population.size;
      }
      case 'gradient': {
        const loss = await this.differentiate(query.point);
        spend();
        await book.tookGradient(harness.receiveGradient(loss, slope));
        return true;
      }
      case 'responses': {
        const layers = await this.respond(query.point);
        spend();
        harness.receiveResponses(layers);
        return true;
      }
    }
  }

  /** The first `fits` losses of a population, into `losses`; what the objective leaves out is NaN, which is to say failed. */
  private async evaluate(population: Population, fits: number): Promise<void> {
    const { objective, harness } = this;
    const { step } = harness.data;
    if (this.losses.length !== fits) this.losses = new Float64Array(fits);
    const losses = this.losses.fill(Number.NaN);
    const asked = fits < population.size ? firstOf(population, fits) : population;
    try {
      const pending = asked.kind === 'dense' ? objective.losses(asked, step, losses) : objective.describedLosses?.(asked, step, losses);
      const returned: unknown = pending === undefined ? undefined : await pending;
      if (returned !== undefined && losses.every(Number.isNaN)) {
        throw new WrongAnswer(`losses must write into out, its third argument; it wrote nothing and returned ${shown(returned)}`);
      }
    } catch (error) {
      throw this.lossesFailed(error, asked);
    }
  }

  private async differentiate(point: Vector): Promise<number> {
    const { objective, harness, slope } = this;
    if (objective.gradient === undefined) throw lacks(harness.strategy, 'gradients');
    slope.fill(Number.NaN);
    try {
      const answered = objective.gradient(point, harness.data.step, slope);
      const loss: unknown = typeof answered === 'number' ? answered : await answered;
      if (typeof loss !== 'number') {
        throw new WrongAnswer(`gradient must return the loss, a number, and write the gradient into out; it returned ${shown(loss)}`);
      }
      return loss;
    } catch (error) {
      throw this.failed(error, point);
    }
  }

  private async respond(point: Vector) {
    const { objective, harness } = this;
    if (objective.responses === undefined) throw lacks(harness.strategy, "units' responses");
    try {
      return await objective.responses(point, harness.data.step);
    } catch (error) {
      throw this.failed(error, point);
    }
  }

  /** The losses that were written before are losses still: the best of them may be the best there is. */
  private lossesFailed(error: unknown, population: Population): unknown {
    const { harness, losses, book, next } = this;
    harness.receiveLosses(losses, population.size);
    harness.keepBest();
    const candidate = error instanceof CandidateError ? error.candidate : population.size === 1 ? 0 : undefined;
    if (candidate === undefined) {
      const where = `in evaluations ${count(next)} to ${count(next + population.size - 1)}, a population`;
      return objectiveFailed(error, where, { evaluation: next, point: undefined, best: book.best });
    }
    const point = book.best.point.slice();
    writeCandidate(population, candidate, point);
    const thrown = error instanceof CandidateError ? error.cause : error;
    return objectiveFailed(thrown, `in evaluation ${count(next + candidate)}`, { evaluation: next + candidate, point, best: book.best });
  }

  private failed(error: unknown, point: Vector): unknown {
    const { next, book } = this;
    return objectiveFailed(error, `in evaluation ${count(next)}`, { evaluation: next, point, best: book.best });
  }

  /** The number of the next evaluation, from 1. */
  private get next(): number {
    const { evaluations, gradients } = this.harness.data.cost;
    return evaluations + gradients + 1;
  }
}

function count(number: number): string {
  return number.toLocaleString('en');
}

function firstOf(population: Population, size: number): Population {
  if (population.kind === 'low-rank') return { ...population, size };
  return { ...population, size, values: population.values.subarray(0, size * population.dimension) };
}
